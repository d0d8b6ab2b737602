"""The database is full, locked, gone or damaged while people talk: nothing is lost."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from storage import engines
from storage.errors import DatabaseDamagedError, DatabaseUnavailableError
from storage.transaction import Transaction
from tests import disks
from tests.crash.talk import Judgement
from tests.faults import company, program
from tests.faults.company import Company
from tests.faults.damages import DAMAGES, damaged
from tests.proofs import proven
from tests.storage import postgres
from tests.storage.postgres import Server
from tests.tiers import REPEATS, each_tier

BUSY_S = 0.2
"""How long a statement waits for a lock here."""

FAST = 20
AWAY = timedelta(seconds=15)
PEOPLE = 8
SQLITE_MB, POSTGRES_MB = 16, 96
AWAY_LINE = "the database cannot be written"
FULL_FOR, PATIENCE_S = timedelta(seconds=30), 60

Outage = Callable[[Company], AbstractAsyncContextManager[None]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", BUSY_S)


@asynccontextmanager
async def full(people: Company) -> AsyncGenerator[None]:
    """Let no page be added to the file, and use up those that are free."""

    def ask(statement: str) -> Callable[[Transaction], object]:
        return lambda t: t.connection.exec_driver_sql(statement).close()  # a PRAGMA has rows

    async def insist(statement: str) -> None:
        while True:  # it may share its transaction with others, which cannot succeed
            with suppress(DatabaseUnavailableError):
                await database.write(ask(statement))
                return

    database = people.bot.database
    await database.write(ask("CREATE TABLE filler (bytes BLOB)"))
    await insist("PRAGMA max_page_count = 1")  # never less than there are
    with suppress(DatabaseUnavailableError):
        while True:
            await database.write(ask("INSERT INTO filler VALUES (zeroblob(20000))"))
    yield
    await insist("PRAGMA max_page_count = 1000000")
    await database.write(ask("DROP TABLE filler"))


@asynccontextmanager
async def locked(people: Company) -> AsyncGenerator[None]:
    """Let another program write, and not come to an end."""
    file = people.rein.options.database_url.removeprefix("sqlite:///")
    opened = sqlite3.connect(file, 20, isolation_level=None, check_same_thread=False)
    with closing(opened) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def talk_through(people: Company, outage: Outage, repeats: int) -> None:
    """Let everybody talk before, while and after the database is away."""
    for _ in range(repeats):
        for talker in people.talkers:
            people.say(talker)
        async with outage(people):
            said_meanwhile = [people.say(talker) for talker in people.talkers]
            await people.clock.wait(AWAY)
            heard = {word for one in people.talkers for word in company.words(one.guest)}
            assert not heard & set(said_meanwhile), "the database was not away"
        for talker in people.talkers:
            people.say(talker)
        await people.answered()
    await people.rein.settled()


@each_tier
@pytest.mark.parametrize("outage", [full, locked])
async def test_what_is_said_while_the_file_cannot_be_written_is_answered_later(
    tmp_path: Path, outage: Outage, repeats: int
):
    async with company.opened(tmp_path, FAST) as people:
        await people.join(PEOPLE)
        await talk_through(people, outage, repeats)
        found = people.judged()
    nothing_lost(found, outage.__name__, repeats)


@each_tier
async def test_what_is_said_while_the_disk_is_full_is_answered_once_there_is_room(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, repeats: int
):
    with disks.small(tmp_path / "data", SQLITE_MB) as disk:
        async with company.opened(disk, FAST) as people:
            await people.join(PEOPLE)
            for _ in range(repeats):
                with closing(sqlite3.connect(disk / "rein.db")) as other:
                    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # it has room for many words
                with disks.filled(disk):
                    assert "is full" in await talk_until_it_is_away(people, caplog)
                await people.answered()
                assert "the database can be written again" in caplog.messages
            await people.rein.settled()
            found = people.judged()
    nothing_lost(found, "disk full", repeats)


async def talk_until_it_is_away(people: Company, caplog: pytest.LogCaptureFixture) -> str:
    """Let everybody talk for half a minute, and until the log says why the database is away."""
    caplog.clear()
    until, why = people.clock.elapsed() + FULL_FOR, ""
    async with asyncio.timeout(PATIENCE_S):
        while not why or people.clock.elapsed() < until:
            for talker in people.talkers:
                people.say(talker)
            await people.clock.wait(FULL_FOR / 6)
            told = (one for one in caplog.records if one.message == AWAY_LINE)
            why = next((str(one.__dict__["error"]) for one in told), "")
    return why


def nothing_lost(found: Judgement, case: str, met: int) -> None:
    assert (found.lost, found.out_of_order, found.doubled) == (0, 0, 0)
    proven("database faults", case, met=met, said=found.said, lost=found.lost)


@each_tier
async def test_no_damaged_file_is_served_from_and_no_message_is_confirmed(
    tmp_path: Path, repeats: int
):
    async with company.invited(tmp_path) as people:
        async with people.rein.open():
            await people.join(1)
        for talker in people.talkers * 10:
            people.say(talker)
        path, waiting = tmp_path / "rein.db", len(people.rein.sandbox.updates)
        whole, asked = path.read_bytes(), len(people.front.seen)
        for kind, seed in itertools.product(DAMAGES, range(repeats)):
            path.write_bytes(damaged(whole, kind, seed))
            with pytest.raises(DatabaseDamagedError) as told:
                await people.rein.open().__aenter__()
            assert told.value.exit_code == 5, (kind, seed)
        code, said = await program.run(people.front.root, tmp_path)

        assert (len(people.rein.sandbox.updates), len(people.front.seen)) == (waiting, asked)
        assert (code, "damaged" in said) == (5, True)
        path.write_bytes(whole)
        async with people.rein.open():
            await people.answered()
        found = people.judged()
    assert found.lost == 0
    met = len(DAMAGES) * repeats
    proven("database faults", "damaged", met=met, said=found.said, lost=found.lost)


@pytest.fixture(scope="module")
def own_postgres() -> Generator[Server]:
    with postgres.private() as server:
        if server is None:
            pytest.skip("no PostgreSQL server is installed")
        yield server


@pytest.mark.postgres
@each_tier
async def test_what_is_said_while_postgresql_is_restarted_is_answered_later(
    tmp_path: Path, own_postgres: Server, repeats: int
):
    @asynccontextmanager
    async def gone(_: Company) -> AsyncGenerator[None]:
        await asyncio.to_thread(own_postgres.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(own_postgres.start)

    await on_postgres(tmp_path, own_postgres, gone, repeats)


@pytest.mark.postgres
@each_tier
async def test_what_is_said_while_a_table_is_locked_is_answered_later(
    tmp_path: Path, own_postgres: Server, repeats: int
):
    @asynccontextmanager
    async def held(people: Company) -> AsyncGenerator[None]:
        url = people.rein.options.database_url.replace(postgres.DRIVER, "postgresql")
        async with await psycopg.AsyncConnection.connect(url) as other:
            await other.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
            yield
            await other.rollback()

    await on_postgres(tmp_path, own_postgres, held, repeats)


async def on_postgres(folder: Path, server: Server, outage: Outage, repeats: int) -> None:
    async with on(server, folder) as people:
        await talk_through(people, outage, repeats)
        found = people.judged()
    nothing_lost(found, outage.__name__, repeats)


@asynccontextmanager
async def on(server: Server, folder: Path) -> AsyncGenerator[Company]:
    """Have people talk to a bot whose database is on a server."""
    with postgres.database(server.url) as made:
        url = made.render_as_string(hide_password=False)
        async with company.opened(folder, FAST, database_url=url) as people:
            await people.join(PEOPLE)
            yield people


@pytest.mark.postgres
@pytest.mark.long
@pytest.mark.timeout(300)
async def test_what_is_said_while_the_disk_of_postgresql_is_full_is_answered_once_there_is_room(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    with postgres.private(disk_mb=POSTGRES_MB) as server:
        if server is None:
            pytest.skip("no PostgreSQL server is installed")
        async with on(server, tmp_path) as people:
            for _ in range(REPEATS):
                with disks.filled(server.folder):
                    assert await talk_until_it_is_away(people, caplog)
                if not server.is_up():  # it panics where it cannot write ahead
                    await asyncio.to_thread(server.start)
                await people.answered()
                assert "the database can be written again" in caplog.messages
            await people.rein.settled()
            found = people.judged()
    nothing_lost(found, "disk full on PostgreSQL", REPEATS)
