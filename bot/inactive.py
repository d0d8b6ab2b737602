"""Those who stay away: after a year one notice, and a month later everything is erased."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.backoff import Backoff
from bot.clock import Clock
from bot.outgoing import SendText, dump
from bot.texts import texts
from coach.formats import day
from storage import inactivity, outbox, people
from storage.database import Database
from storage.errors import DatabaseUnavailableError, ErasureUnfinishedError
from storage.people import Person
from storage.transaction import Transaction

log = logging.getLogger(__name__)

AWAY = timedelta(days=365)
GRACE = timedelta(days=30)
AT_ONCE = 50
"""How many are told, and how many erased, in one look."""

DAYTIME = range(9, 20)
TRIES = 5
_PAUSE = Backoff(timedelta(seconds=0.1), timedelta(seconds=2))


async def see_off(database: Database, clock: Clock) -> None:
    """Tell those who stayed away for a year, and erase those who stayed away after that."""
    now = clock.now()
    await database.write(lambda transaction: _warn(transaction, now))
    if await database.write(lambda transaction: _erase(transaction, now)):
        await finish(database, clock)


async def finish(database: Database, clock: Clock) -> None:
    """Leave no copy of what was erased in any file; what cannot be yet is tried every hour."""
    for tries in range(TRIES):
        try:
            return await database.finish_erasures()
        except (DatabaseUnavailableError, ErasureUnfinishedError) as error:
            if tries == TRIES - 1:
                files = [str(file) for file in getattr(error, "files", ())]
                log.error("erasure not finished", extra={"files": files})
            else:
                await clock.wait(_PAUSE.after(tries))
    return None


def _warn(transaction: Transaction, now: datetime) -> None:
    for person in inactivity.silent(transaction, now - AWAY, AT_ONCE):
        if now.astimezone(ZoneInfo(person.time_zone or "UTC")).hour not in DAYTIME:
            continue
        key = f"inactive:{person.public_id}:{now:%Y%m%d}"
        letter = outbox.Letter(key, person.chat_id, outbox.Kind.NOTICE, _notice(person, now))
        outbox.put(transaction, [letter], now)
        inactivity.warned(transaction, person, now)


def _notice(person: Person, now: datetime) -> bytes:
    said = texts(person.language)
    last = (now + GRACE).astimezone(ZoneInfo(person.time_zone or "UTC")).date()
    shown = day(last, said("date.sentence"), person.language)
    return dump(SendText(said("inactive.notice", day=shown)))


def _erase(transaction: Transaction, now: datetime) -> int:
    found = inactivity.to_erase(transaction, now - GRACE, AT_ONCE)
    for person in found:
        people.erase(transaction, person, now)
    return len(found)
