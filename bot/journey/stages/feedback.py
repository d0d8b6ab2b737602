"""FEEDBACK: stars for Rein as a whole, and one free comment, about it or about one subject."""

from dataclasses import replace

from bot.journey import aside
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say
from bot.journey.events import Command, Rated, Said, Subject, SubjectTapped
from bot.journey.keeps import KeepFeedback
from bot.journey.stages import goal
from bot.journey.step import Step, say

LONGEST = 2_000
"""Characters of a comment that are kept."""


def start(conversation: Conversation, command: Command) -> Step:
    """Take the comment on Rein that came with the command, or ask for stars and for a comment."""
    if command.argument.strip():
        return _keep(conversation, KeepFeedback(_cut(command.argument)))
    whole = Subject(Rated.SESSION, goal.new_id(command.turn))
    return ask(_about(conversation, whole)).after(Say((), stars=whole))


def comment(conversation: Conversation, tapped: SubjectTapped) -> Step:
    """Ask for a comment about what a button belongs to."""
    return ask(_about(conversation, tapped.subject))


def _about(conversation: Conversation, subject: Subject) -> Conversation:
    return replace(aside.step_aside(conversation, Stage.FEEDBACK), commenting=subject)


def ask(conversation: Conversation) -> Step:
    """Ask for a comment."""
    about = conversation.commenting
    of_rein = about is None or about.rated is Rated.SESSION
    return Step(conversation, (say("feedback.ask" if of_rein else "opinions.ask_comment"),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Take the comment and go back to where the person rests."""
    return _keep(conversation, KeepFeedback(_cut(said.text), conversation.commenting))


def close(conversation: Conversation) -> Step:
    """Leave without a word."""
    return aside.leave(conversation, "feedback.left")


def _cut(told: str) -> str:
    return told.strip()[:LONGEST]


def _keep(conversation: Conversation, kept: KeepFeedback) -> Step:
    if conversation.stage is not Stage.FEEDBACK:
        return Step(conversation, (kept, say("feedback.thanks")))
    return aside.leave(conversation, "feedback.thanks").after(kept)
