"""What can go wrong with the storage, and whose turn it is to mend it.

`StartError`s are the operator's: each carries the exit code of its kind and reads as
one line. `DatabaseUnavailableError` passes by itself: wait and try again.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from sqlalchemy.exc import DBAPIError, OperationalError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StartError(Exception):
    """The storage cannot be opened until the operator has done something."""

    exit_code: ClassVar[int]


class KeyFileError(StartError):
    """The master key file cannot be used."""

    exit_code = 2

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"MASTER_KEY_FILE {path}: {problem}")
        self.path = path


class DatabaseUrlError(StartError):
    """The database's URL names a database that Rein cannot use."""

    exit_code = 2

    def __init__(self, expected: str) -> None:
        super().__init__(f"DATABASE_URL: expected {expected}")


class EncodingError(StartError):
    """The PostgreSQL database has an encoding that lacks letters people write."""

    exit_code = 2

    def __init__(self, found: str) -> None:
        super().__init__(
            f"DATABASE_URL: the database has the encoding {found}; make one with "
            "CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8'"
        )


class AlreadyRunningError(StartError):
    """Another process works on this database."""

    exit_code = 3

    def __init__(self, place: str) -> None:
        super().__init__(f"Rein is already running on this database ({place} is locked)")
        self.place = place


class DatabaseDamagedError(StartError):
    """The database file is damaged; restore a backup."""

    exit_code = 5

    def __init__(self, place: str, finding: str) -> None:
        super().__init__(f"the database {place} is damaged ({finding}): restore a backup")
        self.place = place
        self.finding = finding


class SchemaNewerError(StartError):
    """The database was migrated by a newer version of Rein."""

    exit_code = 6

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database has schema {found}, this version of Rein knows {known}")
        self.found = found
        self.known = known


class SchemaOlderError(StartError):
    """The database waits for a migration."""

    exit_code = 2

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database has schema {found}, not {known}: call `rein migrate` first")
        self.found = found
        self.known = known


class NoDatabaseError(StartError):
    """There is no database yet."""

    exit_code = 2

    def __init__(self, place: str) -> None:
        super().__init__(f"DATABASE_URL: there is no database {place} yet")
        self.place = place


class NobodyError(StartError):
    """No person has this public id."""

    exit_code = 2

    def __init__(self, public_id: str) -> None:
        super().__init__(f"nobody here has the id {public_id}")
        self.public_id = public_id


class OtherBotError(StartError):
    """The database belongs to another bot."""

    exit_code = 7

    def __init__(self, owner: int, asked: int) -> None:
        super().__init__(f"the database belongs to bot {owner}, the token to bot {asked}")
        self.owner = owner
        self.asked = asked


class FolderNotWritableError(StartError):
    """The database's folder or file cannot be written."""

    exit_code = 9

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} cannot be written by this user")
        self.path = path


class TombstonesError(StartError):
    """The file of those who were erased cannot be used."""

    exit_code = 9

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"ERASED_FILE {path}: {problem}")
        self.path = path


class ErasureUnfinishedError(Exception):
    """Files that Rein keeps may still hold a key of somebody erased; it is tried again."""

    exit_code = 2

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__(f"not erased yet in {', '.join(map(str, files))}; the bot tries hourly")
        self.files = files


class DatabaseUnavailableError(Exception):
    """The database is locked, full, gone or closed for now; nothing was written.

    In service it is waited for. A start and a command end with its exit code, to be tried again.
    """

    exit_code = 10

    def __init__(self, reason: str = "it is away") -> None:
        super().__init__(f"the database cannot be used for now: {reason}")
        self.reason = reason


class ConversationMovedError(Exception):
    """Somebody else has moved this conversation, or its person is gone; nothing was written."""

    def __init__(self, person_id: int, version: int) -> None:
        super().__init__(f"conversation of person {person_id} is no longer at version {version}")
        self.person_id = person_id
        self.version = version


class CopyError(Exception):
    """No database was copied; the target has none of its rows."""

    exit_code = 2

    def __init__(self, problem: str) -> None:
        super().__init__(f"nothing was copied: {problem}")


class BackupError(Exception):
    """No backup was made."""

    exit_code = 2

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"no backup written to {path}: {problem}")
        self.path = path


class WordsUnreadableError(Exception):
    """Sealed words do not open: another key, another row, or changed bytes."""

    def __init__(self, place: str) -> None:
        super().__init__(f"words in {place} do not open with this key")
        self.place = place


def is_outage(error: BaseException) -> bool:
    """Tell whether *error* means the database itself, rather than one statement, has failed.

    SQLite calls a wrong statement operational too; its plain SQLITE_ERROR is not an outage.
    """
    if not isinstance(error, OperationalError):
        return isinstance(error, DBAPIError) and error.connection_invalidated
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is None or code & 0xFF != sqlite3.SQLITE_ERROR


def is_damage(error: BaseException) -> bool:
    """Tell whether *error* means that SQLite found its file damaged."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def translated(error: Exception) -> Exception:
    """Name an outage or damage in our words; any other error stays what it is."""
    if is_damage(error):
        return DatabaseDamagedError("file", _first_line(error))
    return DatabaseUnavailableError(_first_line(error)) if is_outage(error) else error


@contextmanager
def in_our_words() -> Generator[None]:
    """Raise an outage or damage as what it is to us; any other error as it comes."""
    try:
        yield
    except DBAPIError as error:
        raise translated(error) from error


def _first_line(error: Exception) -> str:
    """Read what the driver says; the rest of SQLAlchemy's message is the statement."""
    return (str(getattr(error, "orig", error)).splitlines() or [""])[0]
