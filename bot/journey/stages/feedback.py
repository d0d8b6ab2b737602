"""FEEDBACK: one free comment about the bot."""

from bot.journey import aside
from bot.journey.conversation import Conversation, Stage
from bot.journey.events import Command, Said
from bot.journey.keeps import KeepFeedback
from bot.journey.step import Step, say

LONGEST = 2_000
"""Characters of a comment that are kept."""


def start(conversation: Conversation, command: Command) -> Step:
    """Take the comment that came with the command, or ask for it."""
    if command.argument.strip():
        return _keep(conversation, command.argument)
    return ask(aside.step_aside(conversation, Stage.FEEDBACK))


def ask(conversation: Conversation) -> Step:
    """Ask for a comment."""
    return Step(conversation, (say("feedback.ask"),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Take the comment and go back to where the person rests."""
    return _keep(conversation, said.text)


def close(conversation: Conversation) -> Step:
    """Leave without a word."""
    return aside.leave(conversation, "feedback.left")


def _keep(conversation: Conversation, told: str) -> Step:
    kept = KeepFeedback(told.strip()[:LONGEST])
    if conversation.stage is not Stage.FEEDBACK:
        return Step(conversation, (kept, say("feedback.thanks")))
    return aside.leave(conversation, "feedback.thanks").after(kept)
