"""Taking the last change of a plan back: what it restores, and what it shows."""

from datetime import timedelta

from bot.journey import machine
from bot.journey.content import PlanCard, Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Say
from bot.journey.found import LastChange, OwnedFound, OwnedGoal
from bot.journey.keeps import KeepRestored
from tests.bot.journey.lives import NOON, TODAY, TURN, UNDERSTOOD, plan_from

BEGUN = TODAY - timedelta(days=15)  # the third week
BEFORE, NOW = plan_from(BEGUN, 4), plan_from(BEGUN, 5)
CHANGE = LastChange("asked", "", UNDERSTOOD, BEFORE)


def undone(undoable: LastChange | None) -> tuple[Effect, ...]:
    main = OwnedGoal(1, "active", UNDERSTOOD, plan=NOW, change=CHANGE, undoable=undoable)
    home = Conversation(Stage.HOME, has_goal=True)
    return machine.advance(home, OwnedFound(NOON, TURN, (main,), "undo")).effects


def test_what_is_shown_after_an_undo_begins_with_the_week_that_it_is():
    kept, said = undone(CHANGE)

    assert isinstance(kept, KeepRestored)
    assert kept.plan == BEFORE
    assert isinstance(said, Say)
    (card,) = (one for one in said.content if isinstance(one, PlanCard))
    assert card.plan.weeks[0].number == 3


def test_where_no_change_made_a_difference_there_is_nothing_to_undo():
    (said,) = undone(None)

    assert isinstance(said, Say)
    assert said.content == (Text("undo.nothing"),)
