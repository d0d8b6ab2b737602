"""What several processes must not do to each other, each thing by itself."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot import app, bells, electing
from bot.background import Background
from bot.bells import Bells
from bot.budget import Caps, StoredBudget
from bot.check_ins import sweep
from bot.clock import SystemClock
from bot.options import Options
from bot.roles import Role
from bot.setting_sources import SettingsError
from storage import check_ins, errors, inbox, location, opening, outbox, outbox_care, people
from storage.check_ins import CheckIn
from storage.database import Database
from storage.outbox import Kind, Letter
from storage.transaction import Transaction
from tests.bot.fakes import NOON
from tests.storage import postgres

SOON = timedelta(seconds=5)
pytestmark = pytest.mark.postgres


class Brisk(SystemClock):
    """A clock by which nobody waits for long."""

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        await super().wait(at_most and at_most / 50, woken)


@pytest.fixture(scope="module")
def server() -> Generator[URL]:
    with postgres.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL server is installed and TEST_POSTGRES_URL is not set")
        yield url


@pytest.fixture(scope="module")
def migrated(server: URL) -> Generator[str]:
    with postgres.database(server) as made:
        opening.migrate_only(made.render_as_string(hide_password=False), NOON)
        yield str(made.database)


@pytest.fixture
def url(server: URL, migrated: str) -> Generator[str]:
    with postgres.database(server, migrated) as made:
        yield made.render_as_string(hide_password=False)


@pytest.fixture
def two(url: str, tmp_path: Path) -> Generator[tuple[Database, Database]]:
    with ExitStack() as stack:
        opened = [opening.open_for_role(url, tmp_path / "key", NOON) for _ in range(2)]
        for one in opened:
            stack.callback(one.close)
        yield opened[0], opened[1]


def put_nudges(database: Database, number: int) -> None:
    letters = [Letter(f"{n}", n, Kind.NUDGE, b"words") for n in range(1, number + 1)]
    database.write_now(lambda t: outbox.put(t, letters, NOON))


def look_after(transaction: Transaction, chat: int) -> None:
    person = people.create(transaction, chat, "en", NOON)
    due = CheckIn("session", NOON.time(), "UTC", frozenset(range(7)), next_due_at=NOON)
    check_ins.settle(transaction, person, [due], NOON)


def test_roles_share_a_database_that_nobody_else_may_have(
    two: tuple[Database, Database], url: str, tmp_path: Path
) -> None:
    with pytest.raises(errors.AlreadyRunningError):
        opening.open_for_bot(url, tmp_path / "key", NOON, patience=timedelta())


async def test_two_senders_never_take_the_same_letter(two: tuple[Database, Database]) -> None:
    await asyncio.to_thread(put_nudges, two[0], 100)

    async def take(database: Database) -> list[int]:
        found: list[int] = []
        for _ in range(20):
            taken = await database.write(lambda t: outbox.take(t, NOON, (), replies=0, nudges=10))
            found += [letter.id for letter in taken]
        return found

    one, other = await asyncio.gather(*map(take, two))

    assert len(one) + len(other) == len({*one, *other}) == 100


async def test_a_replaced_sender_cannot_put_a_nudge_back(two: tuple[Database, Database]) -> None:
    old, new = two
    await asyncio.to_thread(put_nudges, old, 1)
    (letter,) = await old.write(lambda t: outbox.take(t, NOON, (), replies=0, nudges=1))
    await new.write(lambda t: outbox_care.recover(t, NOON))

    await old.write(lambda t: outbox.retry(t, letter.id, NOON, "not reached"))

    assert not await new.write(lambda t: outbox.take(t, NOON, (), replies=1, nudges=1))


async def test_workers_that_sweep_at_once_neither_share_a_check_in_nor_wait(
    two: tuple[Database, Database],
) -> None:
    one, other = two
    for chat in range(1, 6):
        await one.write(lambda t, chat=chat: look_after(t, chat))
    waiting = await one.read(lambda t: check_ins.waiting(t, NOON, 5))
    entered, gone = threading.Event(), threading.Event()

    def enter_and_linger(transaction: Transaction) -> int:
        found = sweep.enter(transaction, waiting[:3], NOON)
        entered.set()
        assert gone.wait(SOON.total_seconds()), "the other one waited"
        return found

    lingering = asyncio.ensure_future(one.write(enter_and_linger))
    await asyncio.to_thread(entered.wait)
    found = await other.write(lambda t: sweep.enter(t, waiting, NOON))
    gone.set()

    assert (await lingering, found) == (3, 2)
    assert await other.write(lambda t: sweep.enter(t, waiting, NOON)) == 0
    assert (await one.read(inbox.backlog)).waiting == 5


async def test_a_cap_holds_over_several_workers(two: tuple[Database, Database]) -> None:
    clock, caps = SystemClock(), Caps(day=Decimal("0.000100"))
    budgets = [StoredBudget(database, clock, caps) for database in two]

    granted = await asyncio.gather(*(budgets[n % 2].reserve("", 7) for n in range(60)))

    assert sum(1 for one in granted if one is not None) <= 14
    assert any(granted)


async def test_a_bell_is_heard_in_another_process_and_again_when_the_line_was_lost(
    two: tuple[Database, Database], url: str
) -> None:
    background, heard = Background(), asyncio.Queue[str]()
    rings, place = Bells(two[0], background), location.parse(url)
    hear = {bells.ARRIVALS: heard.put_nowait, bells.STOPS: heard.put_nowait}
    background.start("listen", bells.listen(place, Brisk(), hear))
    async with asyncio.timeout(2 * SOON.total_seconds()):
        await heard.get()  # it looks once when it begins
        rings.stop(7, 3)
        while await heard.get() != "7 3":
            pass
        await asyncio.to_thread(end_listeners, url)
        await heard.get()  # and once when it is back
        rings.arrivals()
        await heard.get()
    await background.stop(SOON)


async def test_one_of_two_sends_and_the_other_takes_over_when_its_connection_ends(
    url: str, two: tuple[Database, Database]
) -> None:
    place, terms, ended = location.parse(url), asyncio.Queue[str](), asyncio.Queue[str]()
    both = Background()

    def serve(name: str) -> None:
        async def term() -> None:
            terms.put_nowait(name)
            try:
                await asyncio.Event().wait()
            finally:
                ended.put_nowait(name)

        both.start(name, electing.serve(place, Brisk(), term))

    serve("one")
    serve("other")
    async with asyncio.timeout(2 * SOON.total_seconds()):
        first = await terms.get()
        assert terms.empty()
        await asyncio.to_thread(end_holders, url)
        assert await ended.get() == first
        await terms.get()
    assert terms.empty()
    await both.stop(SOON)


def end_listeners(url: str) -> None:
    end(url, "query LIKE 'LISTEN%'")


def end_holders(url: str) -> None:
    end(url, "query = 'SELECT true' OR query LIKE '%pg_try_advisory_lock(8%'")


def end(url: str, whose: str) -> None:
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            f"AND datname = current_database() AND ({whose})".encode()
        )


WRONG = [
    pytest.param("sqlite:///rein.db", Role.WORKER, True, "DATABASE_URL", id="SQLite"),
    pytest.param("postgresql+psycopg://h/d", Role.INGRESS, True, "WEBHOOK_URL", id="polling"),
    pytest.param("postgresql+psycopg://h/d", Role.SENDER, False, "ADMINS", id="nobody named"),
]


@pytest.mark.parametrize(("database", "role", "public", "variable"), WRONG)
def test_a_role_that_cannot_work_says_which_setting_is_wrong(
    database: str, role: Role, public: bool, variable: str, tmp_path: Path
) -> None:
    made = Options("token", "http://localhost", database, tmp_path / "key", SystemClock())

    with pytest.raises(SettingsError) as told:
        app.open_database(replace(made, role=role, public=public))

    assert (told.value.variable, told.value.exit_code) == (variable, 2)
