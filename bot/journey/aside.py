"""Stepping aside: leaving the set-up for something else without losing the draft."""

from dataclasses import replace

from bot.journey.content import Content
from bot.journey.conversation import SETUP, Conversation, Stage
from bot.journey.effects import Rows
from bot.journey.step import Step, button, say

RESUME: Rows = ((button("resume.go_on", "re", "go"), button("resume.start_over", "re", "new")),)


def step_aside(conversation: Conversation, stage: Stage) -> Conversation:
    """Go to a stage outside the set-up; a draft stays, and so does the place where it stood."""
    left = conversation.stage if conversation.stage in SETUP else conversation.resume
    return replace(conversation, stage=stage, resume=left, about="", commenting=None)


def base(conversation: Conversation) -> Stage:
    """Tell where somebody rests when nothing is going on."""
    if conversation.preferences.pause is not None:
        return Stage.PAUSED
    return Stage.HOME if conversation.has_goal else Stage.GOAL


def leave(conversation: Conversation, *said: Content | str) -> Step:
    """Go back to where somebody rests, say *said*, and offer to go on with a draft there is."""
    left = step_aside(conversation, base(conversation))
    resting = left.stage is not Stage.PAUSED and left.resume is not None
    drafting = resting and left.draft.understanding is not None
    return Step(left, (say(*said, buttons=RESUME if drafting else ()),))
