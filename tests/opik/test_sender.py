import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.opik import Opik
from bot.opik.sender import Sender
from bot.opik.wire import Wire
from storage import people
from storage import turns as stored_turns
from storage.database import Database
from storage.origin import Origin
from storage.people import Person
from storage.tables.tracing import OPIK_OUTBOX
from storage.turns import Outcome, Turn
from tests.bot.fakes import NOON, LeapingClock
from tests.opik.outbox import behind, put, put_turns, rate, traced
from tests.opik.recording import Recording, tree, until

KEY = "key-of-the-operator"

pytestmark = pytest.mark.usefixtures("opik_package")


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(lambda transaction: people.create(transaction, 7, "en", NOON))


@asynccontextmanager
async def sending(
    database: Database, recorder: Recording, **options: Any
) -> AsyncGenerator[asyncio.Task[None]]:
    """Run a sender beside a block; every wait of its own is over at once."""
    opik = Opik(recorder.url, "our-project", "our-workspace", SecretStr(KEY))
    sender = Sender(database, Wire(opik, **options), LeapingClock())
    task = asyncio.ensure_future(sender.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


async def test_a_turn_arrives_as_the_tree_it_was(
    database: Database, ada: Person, recorder: Recording
):
    trace = traced()
    await put(database, ada, trace)
    await rate(database, ada, trace.id, 4)

    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)

    held = recorder.held()
    assert tree(held, trace.id).splitlines() == [
        "turn  thread thread-of-ada",
        "└─ coaching_reply [general]  mode=model",
        "   └─ coaching_reply [llm]  google_ai/small  prompt_tokens=30 completion_tokens=4 "
        "total_tokens=34 cached_tokens=8  $0.000020  prompt=coaching_reply  "
        "prompt_version=coaching_reply-0123abcd",
        "score reply_rating = 4  (kind)",
    ]
    assert {row["project_name"] for row in (*held.traces.values(), *held.scores.values())} == {
        "our-project"
    }
    assert {(one["key"], one["workspace"]) for one in held.asked} == {(KEY, "our-workspace")}
    assert held.unknown == []


async def test_many_rows_share_few_calls(database: Database, ada: Person, recorder: Recording):
    for trace_id in await put_turns(database, ada, 90):
        await rate(database, ada, trace_id, 5)

    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)

    assert len(recorder.held().asked) == 3


@pytest.mark.parametrize("does", ["401", "403", "404", "429", "500", "503", "down", "hangs"])
async def test_nothing_is_lost_or_doubled_by_a_trouble_that_passes(
    does: str, database: Database, ada: Person, recorder: Recording
):
    turns = await put_turns(database, ada, 5)
    await rate(database, ada, turns[0], 2)
    if does == "down":
        recorder.down()
    else:
        recorder.behave(does)

    async with sending(database, recorder, answer_s=0.2) as task:
        for _ in range(200):
            await asyncio.sleep(0.001)
        assert not task.done()
        assert behind(database).waiting == 6
        recorder.up()
        recorder.behave("answers")
        await until(lambda: behind(database).waiting == 0)

    held = recorder.held()
    assert set(held.traces) == set(turns)
    assert len(held.spans) == 2 * len(turns)
    assert held.scores_of(turns[0]) == {"reply_rating": 2}
    assert behind(database).refused == behind(database).dropped == 0


async def test_an_answer_that_gets_lost_doubles_nothing(
    database: Database, ada: Person, recorder: Recording
):
    turns = await put_turns(database, ada, 3)
    recorder.behave("500 after taking")

    async with sending(database, recorder):
        await until(lambda: recorder.held().received.get("traces", 0) >= 6)
        recorder.behave("answers")
        await until(lambda: behind(database).waiting == 0)

    assert set(recorder.held().traces) == set(turns)
    assert len(recorder.held().spans) == 6


async def test_one_bad_row_is_given_up_and_the_others_arrive(
    database: Database, ada: Person, recorder: Recording, caplog: pytest.LogCaptureFixture
):
    turns = await put_turns(database, ada, 7)
    recorder.behave("answers", refused=[turns[4]])

    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)

    assert set(recorder.held().traces) == {*turns} - {turns[4]}
    assert behind(database).refused == 1
    assert "Opik refused a row" in caplog.text


async def test_where_everything_is_refused_nothing_is_given_up(
    database: Database, ada: Person, recorder: Recording
):
    turns = await put_turns(database, ada, 2)
    recorder.behave("answers", refused=turns)

    async with sending(database, recorder):
        await until(lambda: len(recorder.held().asked) > 12)
        assert (behind(database).waiting, behind(database).refused) == (2, 0)
        await put_turns(database, ada, 1)  # one that is taken shows whose fault it is
        await until(lambda: behind(database).waiting == 0)

    assert behind(database).refused == 2


async def test_a_row_that_cannot_be_read_holds_up_no_other(
    database: Database, ada: Person, recorder: Recording
):
    turns = await put_turns(database, ada, 3)
    damaged = update(OPIK_OUTBOX).where(OPIK_OUTBOX.c.trace_id == turns[1])
    words = ada.words("another-row", b"{}")
    await database.write(lambda transaction: transaction.run(damaged.values(payload=words)))

    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)

    assert set(recorder.held().traces) == {turns[0], turns[2]}
    assert behind(database).refused == 1


async def test_a_changed_rating_of_an_earlier_process_replaces_the_first(
    database: Database, ada: Person, recorder: Recording
):
    (turn,) = await put_turns(database, ada, 1)
    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)
    await rate(database, ada, turn, 2)
    await rate(database, ada, turn, 5)

    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)

    assert recorder.held().scores_of(turn) == {"reply_rating": 5}


async def test_whoever_erases_everything_is_erased_at_opik(
    database: Database, ada: Person, recorder: Recording
):
    bob = await database.write(lambda transaction: people.create(transaction, 8, "en", NOON))
    (kept,) = await put_turns(database, bob, 1)
    sent = await put_turns(database, ada, 2)
    for turn in sent:
        told = Turn("telegram", Outcome.ANSWERED, NOON - NOON)
        origin = Origin(turn, NOON, turn)
        await database.write(lambda t, told=told, o=origin: stored_turns.record(t, ada, told, o))
    await rate(database, ada, sent[0], 1)
    async with sending(database, recorder):
        await until(lambda: behind(database).waiting == 0)
        await database.write(lambda transaction: people.erase(transaction, ada, NOON))
        await until(lambda: behind(database).waiting == 0)

    held = recorder.held()
    assert set(held.traces) == {kept}
    assert {span["trace_id"] for span in held.spans.values()} == {kept}
    assert held.scores == {}
    assert sorted(held.deleted) == sorted(sent)


async def test_no_log_holds_the_key_or_an_address(
    database: Database, ada: Person, recorder: Recording, caplog: pytest.LogCaptureFixture
):
    await put_turns(database, ada, 1)
    recorder.behave("401")

    with caplog.at_level(logging.INFO):
        async with sending(database, recorder):
            await until(lambda: len(recorder.held().asked) > 3)

    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    said = {record.getMessage() for record in ours}  # again for each minute that the clock leapt
    assert said == {"Opik cannot be told: HTTP 401"}
    assert KEY not in caplog.text


AGAIN = "Opik can be told again"


async def test_each_end_of_an_outage_is_logged(
    database: Database, ada: Person, recorder: Recording, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.INFO):
        async with sending(database, recorder):
            for ends in (1, 2):
                recorder.behave("401")
                asked = len(recorder.held().asked)
                await put_turns(database, ada, 1)
                await until(lambda before=asked: len(recorder.held().asked) > before)
                recorder.behave()
                await until(lambda n=ends: caplog.messages.count(AGAIN) == n)
