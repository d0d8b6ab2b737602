"""The end of a set-up: the obstacle, and what is promised about when to ask."""

from dataclasses import replace
from datetime import time

import pytest

from bot.journey import machine
from bot.journey.asks import AskFill, AskPlan
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Say
from bot.journey.events import Said
from bot.journey.found import DaysFound, Filled, GoalsFound
from bot.journey.keeps import KeepPlan
from bot.journey.stages import commit
from bot.journey.step import say
from coach.values import Drafted, Slot
from tests.bot.journey.lives import NOON, PLAN, TURN, UNDERSTOOD


def promised(when: str, at: time | None) -> list[str]:
    """Agree to a plan with a session at a time; return what is said of asking."""
    week = PLAN.work.weeks[0]
    sessions = tuple(replace(one, at=at) for one in week.sessions)
    plan = replace(PLAN.work, weeks=(replace(week, sessions=sessions),))
    draft = Draft(goal=1, understanding=UNDERSTOOD, plan=Drafted(plan, PLAN.scores, PLAN.mode))
    step = commit.finish(Conversation(Stage.CHECK_IN_TIME, draft, zone="UTC"), when)
    last = [effect for effect in step.effects if isinstance(effect, Say)][-1]
    return [part.key for part in last.content if isinstance(part, Text)]


@pytest.mark.parametrize(
    ("when", "at", "said"),
    [
        ("evening", time(20), ["all_set.evening", "all_set.later"]),
        ("07:30", time(18), ["all_set.clock", "all_set.later"]),
        ("evening", time(7), ["all_set.evening"]),
        ("evening", None, ["all_set.evening"]),
        ("after", time(20), ["all_set.after"]),
        ("morning", time(20), ["all_set.morning"]),
        ("never", time(20), ["all_set.never"]),
    ],
)
def test_a_session_later_than_the_time_to_ask_is_noticed(
    when: str, at: time | None, said: list[str]
):
    assert promised(when, at) == said


@pytest.mark.parametrize(
    ("said", "when"), [("7pm", "19:00"), ("21h", "21:00"), ("at 9 in the evening please", "21:00")]
)
def test_a_time_to_ask_at_is_read_however_it_is_written(said: str, when: str):
    draft = Draft(goal=1, understanding=UNDERSTOOD, plan=PLAN)
    asked = Conversation(Stage.CHECK_IN_TIME, draft, zone="UTC")

    effects = machine.advance(asked, Said(NOON, TURN, said)).effects

    assert [one.check_in.when for one in effects if isinstance(one, KeepPlan)] == [when]


def test_an_obstacle_in_words_is_read_and_changes_nothing_else():
    asked = Conversation(Stage.OBSTACLE, Draft(understanding=UNDERSTOOD), zone="UTC")
    step = machine.advance(asked, Said(NOON, TURN, "busy on Mondays"))
    read = replace(UNDERSTOOD, obstacle="busy on Mondays", days=(0,), per_week=1.0)

    after = machine.advance(step.conversation, Filled(NOON, TURN, read, understood=True))

    assert step.effects == (AskFill(Slot.OBSTACLE, "busy on Mondays"),)
    assert after.effects == (AskPlan(),)
    known = replace(UNDERSTOOD, obstacle="busy on Mondays", asked=(Slot.OBSTACLE,))
    assert after.conversation.draft.understanding == known


def test_a_yes_to_what_gets_in_the_way_is_no_obstacle_yet():
    asked = Conversation(Stage.OBSTACLE, Draft(understanding=UNDERSTOOD), zone="UTC")

    step = machine.advance(asked, Said(NOON, TURN, "yes", agrees=True))

    assert step.effects == (say("obstacle.own"),)
    assert step.conversation.stage is Stage.OBSTACLE


@pytest.mark.parametrize(
    "found",
    [GoalsFound(NOON, TURN, (), "today"), DaysFound(NOON, TURN, (), "done")],
    ids=["today", "done"],
)
def test_who_asks_for_a_plan_not_yet_agreed_on_is_led_to_its_end(found: GoalsFound | DaysFound):
    setting_up = Conversation(Stage.CHECK_IN_TIME, Draft(goal=1), zone="UTC")

    step = machine.advance(setting_up, found)

    said = [p for e in step.effects if isinstance(e, Say) for p in e.content]
    assert Text("plan.not_yet") in said
    assert Text("plan.none") not in said
    assert any(isinstance(e, Say) and e.is_prompt for e in step.effects)
    assert step.conversation.stage is Stage.CHECK_IN_TIME
