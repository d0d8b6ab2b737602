from datetime import datetime

import pytest

from bot import known
from bot.answers import Answers, Store
from bot.journey.asks import AskReply
from bot.journey.conversation import Conversation
from bot.journey.events import Event, KnownGoal, OwnedGoal, Said
from bot.journey.house import AskHouse
from coach.coach import Coach
from coach.llm.errors import BlockedError, ModelError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from tests.bot.fakes import NOON, LeapingClock


async def no_goals() -> tuple[KnownGoal, ...]:
    return ()


async def nothing_lately(_: datetime) -> known.Lately:
    return known.NOTHING_LATELY


async def owns_nothing() -> tuple[OwnedGoal, ...]:
    return ()


async def nobody_home(ask: AskHouse, event: Event) -> Event:
    raise AssertionError


def answers_of(*replies: str | ModelError) -> Answers:
    coach = Coach(ModelService(ScriptedModel(replies)))
    store = Store(no_goals, nothing_lately, owns_nothing)
    return Answers(coach, LeapingClock(), store, "ada", nobody_home)


@pytest.mark.parametrize(
    ("reply", "entries"),
    [
        ("A long day. Rest?", [("model", None)]),
        (BlockedError(), [("model", "blocked"), ("rules", None)]),
        ("You failed.", [("model", None), ("rules", None)]),
    ],
    ids=["good", "failed", "against the rules"],
)
async def test_the_ledger_gets_the_models_call_and_what_the_rules_answered_instead(
    reply: str | ModelError, entries: list[tuple[str, str | None]]
):
    answers = answers_of(reply)

    await answers.answer(AskReply("so tired"), Conversation(), Said(NOON, "t", "so tired"))

    assert [(call.mode, call.error) for call in answers.calls] == entries
    assert {call.step for call in answers.calls} == {"coaching_reply"}
    assert answers.calls[0].provider == "scripted"
