"""What a comment is kept about."""

from bot.journey import machine
from bot.journey.conversation import Conversation, Stage
from bot.journey.events import Command, Event, Rated, Said, Subject, SubjectTapped
from bot.journey.keeps import KeepFeedback
from tests.bot.journey.lives import NOON, TURN

PLAN = Subject(Rated.PLAN, 1, 2)
ASKED = machine.advance(
    Conversation(Stage.HOME, has_goal=True, zone="Europe/Madrid"),
    SubjectTapped(NOON, TURN, "rc", PLAN, "", 9),
).conversation


def kept(event: Event) -> list[KeepFeedback]:
    effects = machine.advance(ASKED, event).effects
    return [effect for effect in effects if isinstance(effect, KeepFeedback)]


def test_a_comment_that_was_asked_for_is_about_what_the_button_belongs_to() -> None:
    assert kept(Said(NOON, TURN, "Too many runs.")) == [KeepFeedback("Too many runs.", PLAN)]


def test_a_comment_that_comes_with_the_command_is_about_rein_whatever_was_asked() -> None:
    assert kept(Command(NOON, TURN, "feedback", "Nice bot.")) == [KeepFeedback("Nice bot.")]
