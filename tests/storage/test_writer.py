import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from storage import engines, opening, people
from storage.database import Database
from storage.errors import DatabaseDamagedError, DatabaseUnavailableError
from storage.transaction import Transaction
from tests.storage.conftest import NOW

AWAY = "the database cannot be used for now"


class OwnError(Exception):
    pass


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver give up at once on a locked database."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)


@pytest.fixture
def commits(database: Database) -> list[object]:
    seen: list[object] = []
    event.listen(database._engine, "commit", seen.append)
    return seen


def meet(chat_id: int) -> Callable[[Transaction], int]:
    def work(transaction: Transaction) -> int:
        return people.create(transaction, chat_id, "en", NOW).chat_id

    return work


def meet_and_fail(transaction: Transaction) -> None:
    meet(666)(transaction)
    raise OwnError


def known(transaction: Transaction) -> list[int]:
    return list(transaction.run(text("SELECT chat_id FROM person ORDER BY chat_id")).scalars())


def outages(caplog: pytest.LogCaptureFixture) -> list[str | None]:
    """List why the log says that the database went away, and None where it was back."""
    said = [record for record in caplog.records if record.name == "storage.writer"]
    return [getattr(record, "error", None) for record in said]


async def together(database: Database, *works: Callable[[Transaction], object]) -> list[object]:
    """Bring all works while the writer is busy, so that they wait together."""
    open_gate = await close_gate(database)
    waiting = [asyncio.ensure_future(database.write(work)) for work in works]
    await asyncio.sleep(0)
    await open_gate()
    return await asyncio.gather(*waiting, return_exceptions=True)


async def close_gate(database: Database) -> Callable[[], Awaitable[None]]:
    """Keep the writer busy until the gate is opened."""
    loop, gate, busy = asyncio.get_running_loop(), Event(), asyncio.Event()

    def hold(_: Transaction) -> None:
        loop.call_soon_threadsafe(busy.set)
        gate.wait()

    holding = asyncio.ensure_future(database.write(hold))
    await busy.wait()

    async def open_gate() -> None:
        gate.set()
        await holding

    return open_gate


async def test_a_write_is_read_after_it_was_awaited(database: Database):
    await database.write(meet(1))

    assert await database.read(known) == [1]


async def test_works_that_wait_together_share_one_commit(database: Database, commits: list[object]):
    told = await together(database, *(meet(chat_id) for chat_id in range(1, 31)))

    assert told == list(range(1, 31))
    assert len(commits) == 2  # the gate's own, and one for all that waited


async def test_a_work_that_fails_is_undone_alone(database: Database):
    told = await together(database, meet(1), meet_and_fail, meet(2))

    assert [type(outcome) for outcome in told] == [int, OwnError, int]
    assert await database.read(known) == [1, 2]


async def test_a_statement_the_database_refuses_is_undone_alone(database: Database):
    told = await together(database, meet(1), meet(1), meet(2))

    assert isinstance(told[1], Exception)
    assert await database.read(known) == [1, 2]


async def test_a_wrong_statement_is_not_an_outage(database: Database):
    def mistake(transaction: Transaction) -> None:
        transaction.run(text("SELECT * FROM nowhere"))

    told = await together(database, meet(1), mistake, meet(2))

    assert not isinstance(told[1], DatabaseUnavailableError)
    assert await database.read(known) == [1, 2]


async def test_a_write_that_is_cancelled_while_it_waits_never_happens(database: Database):
    open_gate = await close_gate(database)
    unwanted = asyncio.ensure_future(database.write(meet(1)))
    await asyncio.sleep(0)
    unwanted.cancel()
    await asyncio.sleep(0)
    await open_gate()

    assert await database.read(known) == []


async def test_closing_finishes_what_waits(database: Database):
    waiting = [asyncio.ensure_future(database.write(meet(chat_id))) for chat_id in range(20)]
    await asyncio.sleep(0)
    database.close()

    assert await asyncio.gather(*waiting) == list(range(20))


async def test_a_closed_database_takes_no_work(database: Database):
    database.close()

    with pytest.raises(DatabaseUnavailableError):
        await database.write(meet(1))


async def test_a_reader_cannot_write(database: Database):
    with pytest.raises((DatabaseUnavailableError, DBAPIError)):
        await database.read(meet(1))

    assert await database.read(known) == []


async def test_errors_do_not_show_what_was_to_be_stored(database: Database):
    def mistake(transaction: Transaction) -> None:
        transaction.run(text("INSERT INTO nowhere VALUES (:words)"), {"words": "canary"})

    with pytest.raises(Exception, match="nowhere") as told:
        await database.write(mistake)

    assert "canary" not in str(told.value)


async def test_a_locked_database_is_unavailable_and_then_works_again(
    impatient: None, sqlite_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    with closing(sqlite3.connect(tmp_path / "data" / "rein.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(DatabaseUnavailableError):
                await sqlite_database.write(meet(1))

    await sqlite_database.write(meet(1))
    assert outages(caplog) == [f"{AWAY}: database is locked", None]
    assert await sqlite_database.read(known) == [1]


async def test_damage_is_named_when_it_is_met(sqlite_database: Database, tmp_path: Path):
    path = tmp_path / "data" / "rein.db"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))

    with pytest.raises(DatabaseDamagedError, match="malformed"):
        await sqlite_database.read(known)


async def test_a_full_database_is_unavailable_and_then_works_again(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
):
    def fill(transaction: Transaction) -> None:
        transaction.run(text("PRAGMA max_page_count=1"))

    def empty(transaction: Transaction) -> None:
        transaction.run(text("PRAGMA max_page_count=1000000"))

    def hoard(transaction: Transaction) -> None:
        transaction.run(text("CREATE TABLE hoard AS SELECT zeroblob(1000000)"))

    await sqlite_database.write(fill)
    told = await together(sqlite_database, meet(1), hoard, meet(2))
    assert all(isinstance(outcome, DatabaseUnavailableError) for outcome in told)
    assert await sqlite_database.read(known) == []

    await sqlite_database.write(empty)
    await sqlite_database.write(hoard)
    assert await sqlite_database.write(meet(1)) == 1
    assert outages(caplog) == [f"{AWAY}: database or disk is full", None]


@pytest.mark.postgres
async def test_a_server_that_drops_us_is_unavailable_and_then_works_again(
    postgres_url: str, key_file: Path, caplog: pytest.LogCaptureFixture
):
    database = opening.open_for_bot(postgres_url, key_file, NOW)
    suicide = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(DatabaseUnavailableError):
        await database.write(lambda transaction: transaction.run(suicide).scalar())

    assert await database.write(meet(1)) == 1
    why, back = outages(caplog)
    assert ("terminating connection" in str(why), back) == (True, None)
    database.close()
