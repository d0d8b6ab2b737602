"""What turns leave in traces and in the record, also those that fail, and what they never say."""

import importlib
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.opik import Opik, quiet
from bot.sandbox import acts
from coach.coach import Coach
from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel
from storage import opik_outbox
from storage.opik_outbox import Kind
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.record import MODEL_CALL, TURN
from tests.bot import house
from tests.bot.handfed import verdict
from tests.bot.house import House
from tests.bot.test_own import be_at_home

NOWHERE = Opik(url="http://127.0.0.1:9/api", words=True)
CANARY = "my neighbour Quillfeather"


def say(request: ModelRequest) -> str:
    if request.step == "safety_triage":
        return verdict("self_harm" if "unseen" in request.user_text else "none")
    return f"A good week for {CANARY}. Would a small step fit?"


@pytest.fixture(scope="module")
def opik_package() -> None:
    """Load the package before anything has to wait for it."""
    with quiet.importing():
        importlib.import_module("opik.rest_api.client")


@pytest.fixture
async def rein(tmp_path: Path, opik_package: None) -> AsyncGenerator[House]:
    async with (
        house.sandbox_only(tmp_path) as rein,
        rein.open(model=ScriptedModel(say), opik=NOWHERE),
    ):
        yield rein


async def traces(rein: House) -> list[dict[str, Any]]:
    """List what waits for Opik of turns, in its order; a judge's later spans are left out."""
    assert rein.bot is not None
    waiting = await rein.bot.database.read(lambda t: opik_outbox.waiting(t, 1_000))
    told = [entry.content for entry in waiting if entry.kind is Kind.TRACE]
    return [one for one in told if one["trace"] is not None]


async def rows(rein: House, table: Any) -> list[Any]:
    assert rein.bot is not None
    return list(await rein.bot.database.read(lambda t: t.run(select(table)).all()))


async def test_a_turn_that_fails_leaves_its_rows_its_calls_and_a_wordless_trace(
    rein: House, monkeypatch: pytest.MonkeyPatch
):
    guest = rein.guest()
    await be_at_home(guest)
    before = len(await traces(rein))
    calls = len(await rows(rein, MODEL_CALL))
    reply = Coach.coaching_reply

    async def broken(*args: Any, **kwargs: Any) -> Any:
        await reply(*args, **kwargs)
        raise ValueError(f"{CANARY} said {args[1]}")

    monkeypatch.setattr(Coach, "coaching_reply", broken)
    await guest.say(f"I feel proud, says {CANARY}")

    failed = [row for row in await rows(rein, TURN) if row.outcome != "answered"]
    assert [row.outcome for row in failed] == ["failed", "failed", "given_up"]
    assert {row.error for row in failed} == {"ValueError"}
    left = (await traces(rein))[before:]
    assert [told["trace"]["id"] for told in left] == [row.trace_id for row in failed]
    assert {told["trace"]["error_info"]["exception_type"] for told in left} == {"ValueError"}
    assert all("coaching_reply" in {span["name"] for span in told["spans"]} for told in left)
    assert "Quillfeather" not in json.dumps(left)
    assert "proud" not in json.dumps(left)
    paid = [row for row in (await rows(rein, MODEL_CALL))[calls:] if row.step == "coaching_reply"]
    assert len(paid) == 3
    assert {row.turn_id for row in paid} == {row.id for row in failed}


async def test_danger_that_the_model_sees_leaves_no_word_of_what_was_thrown_away(rein: House):
    guest = rein.guest()
    await be_at_home(guest)
    before = len(await traces(rein))

    answer = await guest.say(f"an unseen thing about {CANARY}")

    assert "keep you safe" in answer
    (told,) = (await traces(rein))[before:]
    assert {"safety_triage"} <= {span["name"] for span in told["spans"]}
    assert "Quillfeather" not in json.dumps(told)
    assert not any("input" in row or "output" in row for row in [told["trace"], *told["spans"]])
    assert not {"stage_before", "stage_after"} & set(told["trace"]["metadata"])
    assert "self_harm" not in json.dumps(told)


async def test_a_goal_typed_before_consent_is_in_no_trace(rein: House):
    guest = rein.guest()
    await guest.say(f"run with {CANARY} three times a week")
    assert await traces(rein) == []

    await guest.press("Yes, I'm 18+ and agree")

    (told,) = await traces(rein)
    assert "preprocess_goal" in {span["name"] for span in told["spans"]}
    assert "Quillfeather" not in json.dumps(told)


async def test_somebody_who_declines_is_in_no_trace(rein: House):
    guest = rein.guest()
    acts.say(guest.sandbox, guest.sandbox.chats[guest.person.id], guest.person, "run 3 times")
    await guest.until(guest.heard)

    await guest.press("No")

    assert await traces(rein) == []


async def test_an_agreed_object_carries_the_trace_in_which_it_was_made(rein: House):
    guest = rein.guest()
    await be_at_home(guest)
    made: dict[str, str] = {}
    for told in await traces(rein):
        made |= {span["name"]: span["trace_id"] for span in told["spans"]}

    for table, step in ((RESOLUTION, "generate_resolution"), (PLAN, "create_plan")):
        (row,) = await rows(rein, table)
        assert row.trace_id == made[step] != row.turn_id
