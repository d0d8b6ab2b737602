"""What is due when somebody's schedule is derived anew, and was not swept yet, is not dropped."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.check_ins import schedule, settling
from bot.check_ins.sweep import LATEST, Sweep
from storage import check_ins, people
from storage.check_ins import CheckIn
from storage.database import Database
from storage.tables.transport import INBOX
from storage.transaction import Transaction
from tests.bot.fakes import LeapingClock

DUE = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
EVENING = CheckIn("session", time(19, 30), "Europe/Madrid", frozenset(range(7)), next_due_at=DUE)


async def has(database: Database, *wanted: CheckIn, reachable: bool = True) -> None:
    """Let somebody have check-ins, who lives in another zone by now."""

    def put(transaction: Transaction) -> None:
        person = people.create(transaction, 42, "en", DUE)
        people.set_time_zone(transaction, person, "Asia/Tokyo")
        people.set_reachable(transaction, 42, reachable=reachable)
        check_ins.settle(transaction, person, wanted, DUE)

    await database.write(put)


def now_wants(monkeypatch: pytest.MonkeyPatch, *wanted: CheckIn) -> None:
    def of(*_: object) -> tuple[CheckIn, ...]:
        return tuple(replace(one, next_due_at=None) for one in wanted)

    monkeypatch.setattr(schedule, "of", of)


async def entered(database: Database) -> list[str]:
    return list(await database.read(lambda t: t.run(select(INBOX.c.key)).scalars().all()))


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=19), LATEST])
async def test_what_was_due_under_the_old_schedule_comes_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, late: timedelta
) -> None:
    await has(database, EVENING)
    now_wants(monkeypatch, replace(EVENING, time_zone="Asia/Tokyo"))
    now = DUE + late

    await database.write(lambda t: settling.settle(t, 42, now))
    await database.write(lambda t: settling.settle(t, 42, now))
    await Sweep(database, LeapingClock(now), lambda: None).run()

    assert await entered(database) == ["1:session:2026-11-23"]


@pytest.mark.parametrize("wanted", [None, time(21)])
async def test_who_chose_not_to_be_asked_or_a_later_hour_is_not_asked_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, wanted: time | None
) -> None:
    await has(database, EVENING)
    now_wants(monkeypatch, *([replace(EVENING, at=wanted)] if wanted else []))

    await database.write(lambda t: settling.settle(t, 42, DUE + timedelta(seconds=5)))

    assert await entered(database) == []


async def test_what_is_not_due_yet_or_too_late_does_not_come(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = replace(EVENING, kind="review", at=time(20), next_due_at=DUE + timedelta(minutes=30))
    long_ago = replace(EVENING, kind="lapse", at=time(17), next_due_at=DUE - timedelta(hours=2.5))
    await has(database, later, long_ago)
    now_wants(monkeypatch, *(replace(one, time_zone="Asia/Tokyo") for one in (later, long_ago)))

    await database.write(lambda t: settling.settle(t, 42, DUE + timedelta(seconds=5)))

    assert await entered(database) == []


async def test_whoever_cannot_be_written_to_gets_nothing(database: Database) -> None:
    await has(database, EVENING, reachable=False)

    await database.write(lambda t: settling.settle(t, 42, DUE))

    assert await entered(database) == []
