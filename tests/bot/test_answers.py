import pytest

from bot.answers import Answers
from bot.coaching import Coaching
from bot.journey.asks import AskReply
from bot.journey.conversation import Conversation
from bot.journey.events import Event, Said
from bot.journey.house import AskHouse
from bot.lookup import Lookup
from coach.coach import Coach
from coach.llm.caller import Caller
from coach.llm.errors import ModelError, RefusedError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.steps.coaching_reply import UNWATCHED
from storage import ledger
from storage.database import Database
from storage.ledger import Call
from tests.bot.fakes import NOON, LeapingClock


async def nobody_home(ask: AskHouse, event: Event) -> Event:
    raise AssertionError


def answers_of(database: Database, *replies: str | ModelError) -> tuple[Answers, list[Call]]:
    calls: list[Call] = []
    caller = Caller("ada", lambda made: calls.append(ledger.of_model(made)))
    coach = Coach(ModelService(ScriptedModel(replies)))
    coaching = Coaching(coach, caller, calls, lambda: None, UNWATCHED)
    return Answers(coaching, LeapingClock(), Lookup(database, None), nobody_home), calls


@pytest.mark.parametrize(
    ("reply", "entries"),
    [
        ("A long day. Rest?", [("model", None)]),
        (RefusedError(), [("model", "refused"), ("rules", None)]),
        ("You failed.", [("model", "against_rules"), ("rules", None)]),
    ],
    ids=["good", "failed", "against the rules"],
)
async def test_the_ledger_gets_the_models_call_and_what_the_rules_answered_instead(
    database: Database, reply: str | ModelError, entries: list[tuple[str, str | None]]
):
    answers, calls = answers_of(database, reply)

    await answers.answer(AskReply("so tired"), Conversation(), Said(NOON, "t", "so tired"))

    assert [(call.mode, call.error) for call in calls] == entries
    assert {call.step for call in calls} == {"coaching_reply"}
    assert calls[0].provider == "scripted"
