"""The end of a set-up: what is promised about when to ask."""

from dataclasses import replace
from datetime import time

import pytest

from bot.journey.content import Text
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Say
from bot.journey.stages import commit
from coach.values import Drafted
from tests.bot.journey.lives import PLAN, UNDERSTOOD


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
