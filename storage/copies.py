"""The copies of a SQLite database that Rein itself keeps, and how people are taken out of them.

Whoever erases everything is erased there too: nightly backups, and the copies that are
made ahead of a migration. A copy may have the schema of any earlier version.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from storage import backup, engines, erasures, integrity, migrate, tombstones
from storage.errors import ErasureUnfinishedError
from storage.keys import Keyring

_THEIRS = ("chat_id", "user_id")
_NAMES_THEM = ("owner_id", "made_by")


@dataclass(frozen=True, slots=True)
class Copies:
    """Where copies and tombstones of one database are; *nightly*: the folder of backups."""

    url: URL
    tombstones: Path
    nightly: Path | None = None

    def forget(self, keys: Keyring, waiting: Iterable[str]) -> None:
        """Set tombstones for those who wait, and take everybody who has one out of every copy.

        ErasureUnfinishedError names the files in which that was not possible; try again.
        """
        try:
            tombstones.add(self.tombstones, waiting)
            erased = tombstones.read(self.tombstones)
            if erased and self.nightly is not None and self.nightly.is_dir():
                _copied(self.tombstones, self.nightly / "rein.erased")
        except OSError:
            raise ErasureUnfinishedError([self.tombstones]) from None
        files = self._files() if erased else []
        failed = [file for file in files if not _forgotten(file, keys, erased)]
        if failed:
            raise ErasureUnfinishedError(failed)

    def _files(self) -> list[Path]:
        nightly = backup.nightly(self.nightly) if self.nightly is not None else []
        return [*nightly, *migrate.copies(self.url)]


def _copied(source: Path, target: Path) -> None:
    """Let whoever takes the backups elsewhere take the tombstones along."""
    if not target.exists() or target.read_bytes() != source.read_bytes():
        part = target.with_name(target.name + ".part")
        shutil.copy2(source, part)
        part.replace(target)


def _forgotten(copy: Path, keys: Keyring, erased: frozenset[str]) -> bool:
    try:
        gone = [
            (public_id, chat)
            for public_id, chat in _people(copy)
            if erasures.tombstone(keys, public_id) in erased
        ]
        if gone:
            _replace(copy, gone)
    except (sqlite3.Error, OSError):
        return not copy.exists()  # it may have been deleted meanwhile, for its age
    return True


def _people(copy: Path) -> list[tuple[str, int]]:
    with closing(_opened(copy)) as database:
        return database.execute("SELECT public_id, chat_id FROM person").fetchall()


def _replace(copy: Path, gone: list[tuple[str, int]]) -> None:
    """Put a copy without them in its place, whole at any moment."""
    part = copy.with_name(copy.name + ".part")
    shutil.copy2(copy, part)
    with closing(_opened(part)) as database:
        _take_out(database, gone)
    integrity.sync(part)
    part.replace(copy)


def _opened(copy: Path) -> sqlite3.Connection:
    uri = f"{copy.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=engines.BUSY_SECONDS, isolation_level=None)


def _take_out(database: sqlite3.Connection, gone: list[tuple[str, int]]) -> None:
    for pragma in ("PRAGMA journal_mode=DELETE", "PRAGMA foreign_keys=ON"):
        database.execute(pragma)
    database.execute("BEGIN")
    database.executemany("DELETE FROM person WHERE public_id = ?", [(one,) for one, _ in gone])
    chats = [(chat,) for _, chat in gone]
    for statement in _statements(database):
        database.executemany(statement, chats)
    database.execute("COMMIT")
    database.execute("VACUUM")  # pages keep stale bytes; new ones are made of the rows alone


def _statements(database: sqlite3.Connection) -> list[str]:
    """Say in SQL what names somebody's chat; the rows of their person went along with it."""
    columns = database.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table'"
    ).fetchall()
    deletes = [f"DELETE FROM {t} WHERE {c} = ?" for t, c in columns if c in _THEIRS]
    unnamed = [f"UPDATE {t} SET {c} = NULL WHERE {c} = ?" for t, c in columns if c in _NAMES_THEM]
    return deletes + unnamed
