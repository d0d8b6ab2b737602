"""The way in: every check a database must pass before the bot may serve from it.

They come in the order of the harm they prevent: a second instance, a damaged file, a
newer schema, a lost key. Each failure is a `StartError` with its exit code.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from storage import installation, integrity, location, lock, migrate
from storage.database import Database
from storage.errors import NoDatabaseError, SchemaNewerError, SchemaOlderError
from storage.lock import InstanceLock


def open_for_bot(
    url: str,
    key_file: Path,
    now: datetime,
    *,
    may_create_key: bool = True,
    patience: timedelta = lock.PATIENCE,
) -> Database:
    """Lock, check, migrate and unlock the database."""
    place = location.parse(url)
    with _locked(place, patience) as held:
        _migrate(place, now)
        keyring = installation.unlock(place, key_file, may_create_key=may_create_key, now=now)
        return Database(place, keyring, held)


def open_beside(url: str, key_file: Path, now: datetime) -> Database:
    """Open the database for one short command, whether or not the bot works on it meanwhile.

    It must have this version's schema already: nothing is migrated under a running bot.
    """
    place = location.parse(url)
    path = location.file(place)
    if path is not None and not path.exists():
        raise NoDatabaseError(str(path))
    found = migrate.found(place)
    if found is None or found < migrate.head():
        raise SchemaOlderError(found or "none", migrate.head())
    if found > migrate.head():
        raise SchemaNewerError(found, migrate.head())
    keyring = installation.unlock(place, key_file, may_create_key=False, now=now)
    return Database(place, keyring)


def migrate_only(url: str, now: datetime, patience: timedelta = lock.PATIENCE) -> None:
    """Lock, check and migrate the database, and leave it."""
    place = location.parse(url)
    with _locked(place, patience) as held:
        _migrate(place, now)
    held.close()


def _migrate(place: URL, now: datetime) -> None:
    if path := location.file(place):
        integrity.prepare(path)
        integrity.check(path)
    migrate.upgrade(place, now)


@contextmanager
def _locked(place: URL, patience: timedelta) -> Generator[InstanceLock, None, None]:
    """Hold the lock, and let go of it only if something fails."""
    held = lock.acquire(place, patience)
    try:
        yield held
    except BaseException:
        held.close()
        raise
