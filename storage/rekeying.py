"""A new master key: every key that the old one wraps is wrapped by the new one instead.

The order makes each instant safe. The new key is on the disk before the transaction begins,
beside the old one (`master.key.<moment>.new`); the transaction wraps all keys anew; then
the new key takes the place of the old, which stays as `master.key.<moment>.old`, because
backups from before open with nothing else. Cut off before the commit, the old key opens
the database, and the new one is a file that opens nothing; cut off after it, the next start
finds the new key and puts it in its place.
"""

import base64
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, bindparam, select, update

from storage import engines, integrity, keys, location
from storage.errors import KeyFileError, WordsUnreadableError
from storage.keys import Keyring
from storage.tables.people import INSTALLATION, PERSON

_NEW, _OLD = ".new", ".old"
_PERSON = update(PERSON).where(PERSON.c.id == bindparam("person"))
_AT_ONCE = 1000


def beside(key_file: Path, now: datetime) -> Path:
    """Name the file of a new key until it takes the old one's place."""
    path = key_file.resolve()  # a link stays a link
    return path.with_name(f"{path.name}.{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}{_NEW}")


def draw(path: Path) -> None:
    """Draw a new key into a new file that only its owner may read, on disk when this returns."""
    text = base64.b64encode(secrets.token_bytes(keys.KEY_BYTES)) + b"\n"
    try:
        _write(path, text, os.O_EXCL)
        _sync_folder(path)
    except FileExistsError:
        raise KeyFileError(path, "the file exists already") from None
    except OSError as error:
        problem = error.strerror or "cannot be written"
        raise KeyFileError(path, f"{problem}; `rein rekey --to FILE` writes elsewhere") from error


def rewrap(place: URL, old: Keyring, new: Keyring, at_last: Callable[[], None]) -> int:
    """Wrap all keys of the database anew in one transaction; count the people.

    *at_last* is called before the commit. WordsUnreadableError: *old* is not their key.
    """
    engine = engines.writing(place)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            people = _rewrap_people(connection, old, new)
            wrapped = connection.execute(select(INSTALLATION.c.wrapped_key)).scalar_one()
            rewrapped = old.rewrapped_transport_key(wrapped, new)
            connection.execute(update(INSTALLATION).values(wrapped_key=rewrapped))
            at_last()
    finally:
        engine.dispose()
    if path := location.file(place):
        integrity.scrub(path)  # what the old key opens leaves the write-ahead file
    return people


def _rewrap_people(connection: Connection, old: Keyring, new: Keyring) -> int:
    found = connection.execute(select(PERSON.c.id, PERSON.c.public_id, PERSON.c.wrapped_key)).all()
    for first in range(0, len(found), _AT_ONCE):
        rows = [
            {"person": row.id, "wrapped_key": old.rewrapped(row.public_id, row.wrapped_key, new)}
            for row in found[first : first + _AT_ONCE]
        ]
        connection.execute(_PERSON, rows)
    return len(found)


def keep_old(key_file: Path, new: Path) -> Path:
    """Keep the old key under a name of its own, for the backups that it opens."""
    kept, part = new.with_suffix(_OLD), new.with_suffix(".part")
    try:
        _write(part, key_file.read_bytes(), os.O_TRUNC)
        part.replace(kept)
    except OSError:
        raise _not_in_place(key_file, new) from None
    return kept


def put_in_place(key_file: Path, new: Path) -> None:
    """Let the new key be the master key from now on."""
    path = key_file.resolve()
    try:
        new.replace(path)
        _sync_folder(path)
    except OSError:
        raise _not_in_place(key_file, new) from None


def complete(place: URL, key_file: Path) -> None:
    """Finish what was cut off after its commit; nothing to do is the rule.

    KeyFileError: a new key opens the database, and cannot be put in its place.
    """
    left_behind = _beside(key_file, _NEW)
    if left_behind and not _opens(place, key_file):
        for new in left_behind:
            if _opens(place, new):
                keep_old(key_file, new)
                put_in_place(key_file, new)
                return


def another(place: URL, key_file: Path) -> Path | None:
    """Find the key that opens the database among those that were put aside; None: not there."""
    put_aside = [*_beside(key_file, _NEW), *_beside(key_file, _OLD)]
    return next((one for one in put_aside if _opens(place, one)), None)


def _not_in_place(key_file: Path, new: Path) -> KeyFileError:
    return KeyFileError(key_file, f"put {new} in its place: that is the key from now on")


def _beside(key_file: Path, suffix: str) -> list[Path]:
    path = key_file.resolve()
    return sorted(path.parent.glob(f"{path.name}.*{suffix}"))


def _write(path: Path, text: bytes, how: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _opens(place: URL, key_file: Path) -> bool:
    """Tell whether a file holds the key of this database."""
    engine = engines.reading(place)
    try:
        with engine.connect() as connection:
            wrapped = connection.scalar(select(INSTALLATION.c.wrapped_key))
        if wrapped is not None:
            keys.load(key_file, may_create=False).take_transport_key(wrapped)
    except (KeyFileError, WordsUnreadableError):
        return False
    finally:
        engine.dispose()
    return True


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
