"""A database moves from SQLite to PostgreSQL and back, and nothing of it is lost."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from storage import copying, goals, inbox, location, lock, opening, people
from storage.database import Database
from storage.errors import AlreadyRunningError, CopyError, NoDatabaseError
from storage.inbox import Arrival
from storage.people import Person
from storage.tables import METADATA
from tests import migrated
from tests.proofs import proven
from tests.storage import examples, postgres
from tests.storage.conftest import NO_PATIENCE, NOW
from tests.storage.seeding import settle

CHAT = 7_000_000_001


@contextmanager
def opened(url: str, key_file: Path) -> Generator[Database]:
    if path := location.file(location.parse(url)):
        migrated.put(path)
    database = opening.open_for_bot(url, key_file, NOW)
    yield database
    database.close()


def live(database: Database) -> int:
    """Have somebody with something in every table of theirs; return their goal's number."""
    ada = database.write_now(lambda t: people.create(t, CHAT, "en", NOW))
    said = Arrival("9", CHAT, "message", "wörds 🏃".encode())
    database.write_now(lambda t: inbox.put(t, [said], NOW))
    return database.write_now(lambda t: examples.fill(t, ada))


def counted(database: Database) -> dict[str, int]:
    return {
        table.name: database.read_now(
            lambda t, table=table: t.run(select(func.count()).select_from(table)).scalar_one()
        )
        for table in METADATA.sorted_tables
    }


def move(source: str, target: str) -> dict[str, int]:
    return copying.copy(source, target, NOW)


def new_sqlite(folder: Path, name: str) -> str:
    return f"sqlite:///{folder}/{name}.db"


@pytest.fixture
def filled(tmp_path: Path, key_file: Path) -> str:
    url = new_sqlite(tmp_path, "filled")
    with opened(url, key_file) as database:
        live(database)
    return url


def test_a_copy_between_sqlite_files_holds_what_the_first_one_held(
    filled: str, tmp_path: Path, key_file: Path
) -> None:
    copy = new_sqlite(tmp_path, "copy")

    copied = move(filled, copy)

    with opened(filled, key_file) as one, opened(copy, key_file) as other:
        assert counted(one) == counted(other) == copied
    assert copied["person"] == 1
    assert len([n for n in copied.values() if n]) > 20


@pytest.mark.postgres
def test_a_database_moves_to_postgresql_and_back_and_goes_on(
    filled: str, tmp_path: Path, key_file: Path, postgres_server: URL
) -> None:
    back = new_sqlite(tmp_path, "back")
    with postgres.database(postgres_server) as place:
        there = place.render_as_string(hide_password=False)
        copied = move(filled, there)
        with opened(there, key_file) as database:
            assert counted(database) == copied
            assert reads(database)
            more = [Arrival(str(n), CHAT, "message", b"{}") for n in range(3)]
            assert database.write_now(lambda t: inbox.put(t, more, NOW)) == 3
            assert goes_on(database)
            lived = counted(database)
        again = move(there, back)

    assert again == lived
    with opened(back, key_file) as database:
        assert reads(database)
    tables = [name for name, rows in again.items() if rows]
    proven("copied", rows=sum(copied.values()) + sum(again.values()), tables=len(tables), copies=2)


def reads(database: Database) -> bool:
    """Tell whether words open: somebody's own, and what is on its way."""
    ada = find(database)
    (goal, *_) = database.read_now(lambda t: goals.of(t, ada))
    found = database.read_now(lambda t: goals.resolution(t, ada, goal.id))
    return found is not None and goal.understanding == examples.UNDERSTANDING


def goes_on(database: Database) -> bool:
    """Tell whether new rows get numbers of their own."""
    ada = find(database)
    before = {goal.id for goal in database.read_now(lambda t: goals.of(t, ada))}
    return database.write_now(lambda t: examples.keep_goal(t, ada)) not in before


def find(database: Database) -> Person:
    ada = database.read_now(lambda t: people.find(t, CHAT))
    assert ada is not None
    return ada


@pytest.mark.postgres
def test_weeks_of_a_small_town_move_in_batches(
    tmp_path: Path, key_file: Path, postgres_server: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "BATCH", 50)
    url = new_sqlite(tmp_path, "town")
    with opened(url, key_file) as database:
        database.write_now(lambda t: settle(t, inhabitants=4, days=20))
    with postgres.database(postgres_server) as place:
        there = place.render_as_string(hide_password=False)
        copied = move(url, there)
        with opened(there, key_file) as database:
            assert counted(database) == copied
    assert max(copied.values()) >= 3 * copying.BATCH


def test_a_target_that_holds_anything_is_refused_and_left_as_it_is(
    filled: str, tmp_path: Path, key_file: Path
) -> None:
    other = new_sqlite(tmp_path, "other")
    with opened(other, key_file) as database:
        before = counted(database)

    with pytest.raises(CopyError, match="not empty"):
        move(filled, other)

    with opened(other, key_file) as database:
        assert counted(database) == before


def test_a_database_is_not_copied_onto_itself(filled: str) -> None:
    with pytest.raises(CopyError, match="same"):
        move(filled, filled)


def test_nothing_is_copied_while_a_bot_works_on_either(
    filled: str, tmp_path: Path, key_file: Path
) -> None:
    target = new_sqlite(tmp_path, "target")
    for held in (filled, target):
        busy = lock.acquire(location.parse(held))
        with pytest.raises(AlreadyRunningError):
            copying.copy(filled, target, NOW, NO_PATIENCE)
        busy.close()

    assert move(filled, target)["person"] == 1


def test_what_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        move(new_sqlite(tmp_path, "nowhere"), new_sqlite(tmp_path, "target"))


def test_a_row_that_arrives_otherwise_undoes_the_whole_copy(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = new_sqlite(tmp_path, "target")
    values = iter(range(1_000_000))

    def never_the_same(value: object) -> object:
        return value, next(values)

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_as_is", never_the_same)
        with pytest.raises(CopyError, match="differs"):
            move(filled, target)

    assert move(filled, target)["person"] == 1


def test_a_copy_that_is_killed_leaves_an_empty_target_that_takes_the_next_one(
    filled: str, tmp_path: Path
) -> None:
    target = new_sqlite(tmp_path, "target")
    program = f"""
from datetime import UTC, datetime
from storage import copying
copying.copy({filled!r}, {target!r}, datetime(2026, 11, 23, tzinfo=UTC))
"""
    died = subprocess.run(
        [sys.executable, "-c", program], env={"FAILPOINTS": "copy.table:9"}, check=False
    )

    assert died.returncode == -signal.SIGKILL
    assert move(filled, target)["person"] == 1
