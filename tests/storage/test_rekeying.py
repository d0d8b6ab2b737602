"""A new master key: what it opens, and that no instant of the change loses anything."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import rekeying as command
from storage import backup, errors, goals, location, opening, people, turned_away
from storage.database import Database
from storage.people import Person
from tests.proofs import proven
from tests.storage import examples
from tests.storage.conftest import NO_PATIENCE, NOW

POINTS = ("rekey.drawn", "rekey.rewrapped", "rekey.committed", "rekey.kept", "rekey.placed")
CHAT = 7_000_000_001


def live(database: Database) -> tuple[Person, int]:
    """Let somebody move in who has a goal in their own words, and turn a chat away."""
    ada = database.write_now(lambda tx: people.create(tx, CHAT, "en", NOW))
    goal_id = database.write_now(lambda tx: examples.keep_goal(tx, ada))
    database.write_now(lambda tx: turned_away.note(tx, 13, NOW))
    return ada, goal_id


def opens(url: str, key_file: Path, goal_id: int) -> bool:
    """Tell whether words open, and whether hashes still fit."""
    database = opening.open_for_bot(url, key_file, NOW)
    try:
        ada = database.read_now(lambda tx: people.find(tx, CHAT))
        assert ada is not None
        found = database.read_now(lambda tx: goals.resolution(tx, ada, goal_id))
        return found is not None and database.read_now(
            lambda tx: turned_away.told_at(tx, 13, NOW) == NOW
        )
    finally:
        database.close()


def rekey(url: str, key_file: Path, to: Path | None = None) -> command.Rekeyed:
    return command.rekey(url, key_file, NOW, to)


def wrapped_keys(database: Database) -> set[bytes]:
    query = "SELECT wrapped_key FROM person UNION ALL SELECT wrapped_key FROM installation"
    return set(database.read_now(lambda tx: tx.connection.exec_driver_sql(query).scalars().all()))


def test_after_a_change_the_new_key_alone_opens_everything(
    database: Database, url: str, key_file: Path, tmp_path: Path
):
    _, goal_id = live(database)
    before = wrapped_keys(database)
    database.close()

    done = rekey(url, key_file)

    assert (done.people, done.key) == (1, key_file)
    assert opens(url, key_file, goal_id)
    assert key_file.stat().st_mode & 0o077 == 0
    with pytest.raises(errors.KeyFileError, match="does not open this database") as told:
        opens(url, done.old, goal_id)
    assert told.value.exit_code == 2
    files = [path for path in (tmp_path / "data").glob("*") if path.is_file()]
    assert not any(old in path.read_bytes() for path in files for old in before)


def test_a_running_bot_is_not_given_another_key(database: Database, url: str, key_file: Path):
    before = key_file.read_bytes()

    with pytest.raises(errors.AlreadyRunningError) as told:
        command.rekey(url, key_file, NOW, None, NO_PATIENCE)

    assert told.value.exit_code == 3
    assert [path.read_bytes() for path in key_file.parent.glob("master.key*")] == [before]


def test_a_change_cut_off_anywhere_is_whole_or_undone_at_the_next_start(
    database: Database, url: str, key_file: Path
):
    _, goal_id = live(database)
    database.close()
    before = key_file.read_bytes()
    changed = list[bool]()

    with cut_off(url, key_file) as at:
        for point in POINTS:
            assert at(point) == -signal.SIGKILL
            assert opens(url, key_file, goal_id)
            changed.append(key_file.read_bytes() != before)
            before = key_file.read_bytes()

    assert changed == [False, False, True, True, True]
    kind = url.partition(":")[0]
    proven("rekey", kind, cut_off=len(POINTS), opened=len(POINTS))


@contextmanager
def cut_off(url: str, key_file: Path) -> Generator["CutOff"]:
    arguments = [sys.executable, "-m", "tests.storage.cut_off", url, str(key_file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True) as process:
        yield CutOff(process)


class CutOff:
    """Changes the key in another process, which dies at a point; tells its status."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(self, point: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{point}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def test_a_command_beside_the_bot_names_the_key_that_a_cut_off_change_left(
    sqlite_database: Database, sqlite_url: str, key_file: Path
):
    sqlite_database.close()
    with cut_off(sqlite_url, key_file) as at:
        at("rekey.committed")

    with pytest.raises(errors.KeyFileError, match=r"; .*master\.key\..*\.new does"):
        opening.open_beside(sqlite_url, key_file, NOW)


def test_where_the_key_is_mounted_the_new_one_goes_elsewhere(
    sqlite_database: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    _, goal_id = live(sqlite_database)
    sqlite_database.close()
    before = key_file.read_bytes()

    done = rekey(sqlite_url, key_file, tmp_path / "new.key")

    assert key_file.read_bytes() == before
    assert "before the next start" in str(done)
    assert opens(sqlite_url, tmp_path / "new.key", goal_id)


def test_a_key_never_replaces_a_file(
    sqlite_database: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    _, goal_id = live(sqlite_database)
    sqlite_database.close()
    (tmp_path / "new.key").write_text("precious")

    with pytest.raises(errors.KeyFileError, match="exists already"):
        rekey(sqlite_url, key_file, tmp_path / "new.key")

    assert (tmp_path / "new.key").read_text() == "precious"
    assert opens(sqlite_url, key_file, goal_id)


def test_a_key_that_cannot_be_written_beside_the_old_one_says_what_to_do(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path, key_file: Path
):
    sqlite_database.close()
    mounted = tmp_path / "there"
    mounted.symlink_to("/dev/null/rein")  # a folder that nobody can write into, root neither

    with pytest.raises(errors.KeyFileError, match="--to FILE"):
        rekey(sqlite_url, key_file, mounted / "new.key")


def test_a_backup_from_before_opens_with_the_key_that_was_kept(
    sqlite_database: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    _, goal_id = live(sqlite_database)
    backup.save(location.parse(sqlite_url), tmp_path / "copy.db")
    sqlite_database.close()
    done = rekey(sqlite_url, key_file)

    with pytest.raises(errors.KeyFileError, match=f"{done.old} does"):
        opens(f"sqlite:///{tmp_path}/copy.db", key_file, goal_id)
    assert opens(f"sqlite:///{tmp_path}/copy.db", done.old, goal_id)


def test_the_key_behind_a_link_is_changed_and_the_link_stays(
    sqlite_database: Database, sqlite_url: str, key_file: Path, tmp_path: Path
):
    _, goal_id = live(sqlite_database)
    sqlite_database.close()
    link = tmp_path / "link"
    link.symlink_to(key_file)

    rekey(sqlite_url, link)

    assert link.is_symlink()
    assert opens(sqlite_url, key_file, goal_id)
