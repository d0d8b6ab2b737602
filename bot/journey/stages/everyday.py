"""Everyday stages together: how each asks its question, and how it is left."""

from bot.journey.asks import AskDays
from bot.journey.conversation import Conversation, Stage
from bot.journey.events import Command
from bot.journey.stages import check_in, coach, finish, home, occasions, reason
from bot.journey.step import Step, say


def ask_check_in(conversation: Conversation) -> Step:
    """Ask anew what is still open."""
    return Step(conversation, (AskDays("done"),))


def ask_review(conversation: Conversation) -> Step:
    """Show the review anew."""
    return Step(conversation, (AskDays("review"),))


ENTRIES = {
    Stage.HOME: home.ask,
    Stage.COACH: coach.ask,
    Stage.CHECK_IN: ask_check_in,
    Stage.REASON: reason.ask_again,
    Stage.REVIEW: ask_review,
    Stage.LAPSE: home.ask,
    Stage.FINISH: finish.ask_again,
}
"""How each everyday stage asks its question."""


def cancel(conversation: Conversation, _: Command) -> Step:
    """Let the question be; what was told stays told, and a plan stays as it is."""
    left = conversation.stage
    turned = occasions.turn_to(conversation, Stage.HOME)
    key = "cancel.nothing" if left in {Stage.HOME, Stage.COACH} else f"cancel.{left}"
    return Step(turned, (say(key),))


def back(conversation: Conversation, command: Command) -> Step:
    """Take the last answer back while it is fresh; else show where things stand."""
    if check_in.can_undo(conversation, command):
        return check_in.undo(conversation, command)
    return home.ask(occasions.turn_to(conversation, Stage.HOME))
