"""The way in: every check a database must pass before the bot may serve from it.

They come in the order of the harm they prevent: a second instance, a damaged file, a
newer schema, a lost key. Each failure is a `StartError` with its exit code.
"""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from storage import (
    engines,
    errors,
    installation,
    integrity,
    location,
    lock,
    migrate,
    people,
    rekeying,
    tombstones,
)
from storage.copies import Copies
from storage.database import Database
from storage.errors import NoDatabaseError, SchemaNewerError, SchemaOlderError
from storage.keys import Keyring
from storage.lock import InstanceLock
from storage.transaction import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Files:
    """What the operator chose of the files that belong to a database."""

    nightly: Path | None = None  # the folder of backups
    tombstones: Path | None = None  # beside the database, or the key, where none is chosen

    def copies(self, place: URL, key_file: Path) -> Copies:
        """Say where copies and tombstones of one database are."""
        chosen = self.tombstones or tombstones.place(place, key_file)
        return Copies(place, chosen, self.nightly)


NO_FILES = Files()


def open_for_bot(
    url: str,
    key_file: Path,
    now: datetime,
    files: Files = NO_FILES,
    *,
    may_create_key: bool = True,
    patience: timedelta = lock.PATIENCE,
) -> Database:
    """Lock, check, migrate and unlock the database; erase again who came back with a backup."""
    place = location.parse(url)
    with _locked(place, patience) as held:
        return _prepared(place, key_file, now, files, held, may_create_key=may_create_key)


def open_for_role(url: str, key_file: Path, now: datetime, files: Files = NO_FILES) -> Database:
    """Open a PostgreSQL database beside the other roles; the first one does as `open_for_bot`.

    SchemaOlderError: another role works on an older schema, which is not changed under it.
    """
    place = location.parse(url)
    held = lock.acquire_shared(place)
    try:
        with errors.in_our_words():
            if held.alone:
                database = _prepared(place, key_file, now, files, held)
                held.share()
                return database
            check_beside(url)
            keyring = installation.unlock(place, key_file, may_create_key=False, now=now)
            return Database(files.copies(place, key_file), keyring, held)
    except BaseException:
        held.close()
        raise


def open_beside(url: str, key_file: Path, now: datetime, files: Files = NO_FILES) -> Database:
    """Open the database for one short command, whether or not the bot works on it meanwhile.

    It must have this version's schema already: nothing is migrated under a running bot.
    """
    place = check_beside(url)
    with errors.in_our_words():
        keyring = installation.unlock(place, key_file, may_create_key=False, now=now)
    return Database(files.copies(place, key_file), keyring)


def check_beside(url: str) -> URL:
    """Tell where the database is, if it is there and has this version's schema."""
    place = location.parse(url)
    path = location.file(place)
    if path is not None and not path.exists():
        raise NoDatabaseError(str(path))
    found = migrate.found(place)
    if found is None or found < migrate.head():
        raise SchemaOlderError(found or "none", migrate.head())
    if found > migrate.head():
        raise SchemaNewerError(found, migrate.head())
    return place


def migrate_only(url: str, now: datetime, patience: timedelta = lock.PATIENCE) -> None:
    """Lock, check and migrate the database, and leave it."""
    place = location.parse(url)
    with _locked(place, patience) as held:
        _migrate(place, now)
    held.close()


def _prepared(
    place: URL,
    key_file: Path,
    now: datetime,
    files: Files,
    held: InstanceLock,
    *,
    may_create_key: bool = True,
) -> Database:
    """Check, migrate, unlock and open a database that nobody else works on."""
    _migrate(place, now)
    rekeying.complete(place, key_file)
    keyring = installation.unlock(place, key_file, may_create_key=may_create_key, now=now)
    copies = files.copies(place, key_file)
    tombstones.prepare(copies.tombstones)
    _erase_again(place, keyring, tombstones.read(copies.tombstones), now)
    return Database(copies, keyring, held)


def _migrate(place: URL, now: datetime) -> None:
    if path := location.file(place):
        integrity.prepare(path)
        integrity.check(path)
    migrate.upgrade(place, now)


def _erase_again(place: URL, keyring: Keyring, erased: frozenset[str], now: datetime) -> None:
    engine = engines.writing(place)
    try:
        with engine.begin() as connection:
            back = people.erase_again(Transaction(connection, keyring), erased, now)
    finally:
        engine.dispose()
    if back:
        log.warning("people erased before came back with a backup", extra={"erased_again": back})


@contextmanager
def _locked(place: URL, patience: timedelta) -> Generator[InstanceLock, None, None]:
    """Hold the lock, and let go of it only if something fails."""
    held = lock.acquire(place, patience)
    try:
        with errors.in_our_words():
            yield held
    except BaseException:
        held.close()
        raise
