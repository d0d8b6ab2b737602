"""`rein rekey`: a new master key, while the bot stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from storage import errors, installation, keys, lock, opening, rekeying
from storage.failpoints import failpoint


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What was done: whose keys are wrapped anew, and where both master keys are now."""

    people: int
    key: Path
    old: Path

    in_place: bool = True

    def __str__(self) -> str:
        todo = "" if self.in_place else f"Put it in the place of {self.old} before the next start. "
        return (
            f"A new master key opens the database; {self.people} people's keys are wrapped anew.\n"
            f"The new key: {self.key}. {todo}Keep a copy of it elsewhere.\n"
            f"The old key: {self.old}. Backups made until now open with it alone; "
            "destroy it when they are gone."
        )


def rekey(
    url: str,
    key_file: Path,
    now: datetime,
    to: Path | None = None,
    patience: timedelta = lock.PATIENCE,
) -> Rekeyed:
    """Draw a new master key and wrap every key with it; AlreadyRunningError while a bot runs.

    With *to* the new key goes there, and whoever called puts it in its place: *key_file* may be
    a mounted secret that nobody here can change.
    """
    place = opening.check_beside(url)
    held = lock.acquire(place, patience)
    try:
        with errors.in_our_words():
            return _rekey(place, key_file, now, to)
    finally:
        held.close()


def _rekey(place: URL, key_file: Path, now: datetime, to: Path | None) -> Rekeyed:
    rekeying.complete(place, key_file)
    old = installation.unlock(place, key_file, may_create_key=False, now=now)
    new_file = to or rekeying.beside(key_file, now)
    rekeying.draw(new_file)
    failpoint("rekey.drawn")
    new = keys.load(new_file, may_create=False)
    people = rekeying.rewrap(place, old, new, lambda: failpoint("rekey.rewrapped"))
    failpoint("rekey.committed")
    if to is not None:
        return Rekeyed(people, to, key_file, in_place=False)
    kept = rekeying.keep_old(key_file, new_file)
    failpoint("rekey.kept")
    rekeying.put_in_place(key_file, new_file)
    failpoint("rekey.placed")
    return Rekeyed(people, key_file, kept)
