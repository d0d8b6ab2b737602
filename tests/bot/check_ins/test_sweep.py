import json
import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.check_ins import arrivals
from bot.check_ins import sweep as sweeping_module
from bot.check_ins.sweep import BATCH, Sweep, enter
from storage import check_ins, people
from storage.check_ins import CheckIn
from storage.database import Database
from storage.tables.transport import INBOX
from storage.transaction import Transaction
from tests.bot.fakes import LeapingClock

DUE = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
DAILY = frozenset(range(7))
EVENING = CheckIn("session", time(19, 30), "UTC", DAILY, next_due_at=DUE)


class SetClock(LeapingClock):
    """A clock whose time of day can be set, while time itself goes on."""

    def set(self, by: timedelta) -> None:
        self._start += by


async def look_after(database: Database, *wanted: CheckIn, chat_id: int = 42) -> None:
    def settle(transaction: Transaction) -> None:
        person = people.create(transaction, chat_id, "en", DUE)
        check_ins.settle(transaction, person, wanted, DUE)

    await database.write(settle)


async def keys(database: Database) -> list[str]:
    asked = select(INBOX.c.key).where(INBOX.c.source == arrivals.SOURCE).order_by(INBOX.c.id)
    return list(await database.read(lambda t: t.run(asked).scalars().all()))


async def next_due(database: Database) -> datetime | None:
    return await database.read(check_ins.earliest)


def sweeping(database: Database, clock: LeapingClock) -> tuple[Sweep, list[int]]:
    woken: list[int] = []
    return Sweep(database, clock, lambda: woken.append(1)), woken


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=5), timedelta(hours=2)])
async def test_what_is_due_for_two_hours_at_most_arrives_once(
    database: Database, late: timedelta
) -> None:
    await look_after(database, EVENING)
    sweep, woken = sweeping(database, LeapingClock(DUE + late))

    await sweep.run()
    await sweep.run()

    assert await keys(database) == ["1:session:2026-11-23"]
    assert await next_due(database) == DUE + timedelta(days=1)
    assert woken == [1]


async def test_what_is_later_than_two_hours_is_left_out(database: Database) -> None:
    await look_after(database, EVENING)
    sweep, _ = sweeping(database, LeapingClock(DUE + timedelta(hours=2, seconds=1)))

    await sweep.run()

    assert await keys(database) == []
    assert await next_due(database) == DUE + timedelta(days=1)


async def test_what_is_not_due_stays(database: Database) -> None:
    await look_after(database, EVENING)
    sweep, woken = sweeping(database, LeapingClock(DUE - timedelta(seconds=1)))

    assert await sweep.look() == 0

    assert (await keys(database), woken) == ([], [])
    assert await next_due(database) == DUE


@pytest.mark.parametrize(("down", "asked"), [(24, ["2026-11-24"]), (30, []), (49, ["2026-11-25"])])
async def test_after_a_long_time_down_the_last_occurrence_alone_may_arrive(
    database: Database, down: int, asked: list[str]
) -> None:
    await look_after(database, EVENING)
    sweep, _ = sweeping(database, LeapingClock(DUE + timedelta(hours=down)))

    await sweep.run()

    assert await keys(database) == [f"1:session:{day}" for day in asked]


async def test_a_single_day_arrives_and_never_comes_again(database: Database) -> None:
    on = CheckIn("finish", time(19, 30), "UTC", on=date(2026, 11, 23), next_due_at=DUE)
    await look_after(database, on)
    sweep, _ = sweeping(database, LeapingClock(DUE))

    await sweep.run()

    assert await keys(database) == ["1:finish:2026-11-23"]
    assert await next_due(database) is None


async def test_a_date_met_again_in_another_zone_arrives_once(database: Database) -> None:
    await look_after(database, EVENING)
    clock = LeapingClock(DUE)
    sweep, _ = sweeping(database, clock)
    await sweep.run()
    west = CheckIn("session", time(19, 30), "America/New_York", DAILY)
    again = CheckIn("session", west.at, west.time_zone, DAILY, next_due_at=DUE + timedelta(hours=5))

    def moves(transaction: Transaction) -> None:
        person = people.find(transaction, 42)
        assert person is not None
        check_ins.settle(transaction, person, [again], clock.now())

    await database.write(moves)
    clock.advance(timedelta(hours=5))
    await sweep.look()

    assert await keys(database) == ["1:session:2026-11-23"]
    assert await next_due(database) == DUE + timedelta(hours=29)


async def test_windows_come_by_time_batches_by_id_and_in_a_batch_who_waited_longest_is_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping_module, "WINDOW", BATCH + 2)
    people_due = BATCH + 5
    for number in range(1, people_due + 1):
        at = DUE - timedelta(seconds=number)
        one = CheckIn("session", at.time(), "UTC", DAILY, next_due_at=at)
        await look_after(database, one, chat_id=number)
    sweep, woken = sweeping(database, LeapingClock(DUE))

    assert await sweep.look() == people_due

    found = [int(key.split(":")[0]) for key in await keys(database)]
    by_batch = [(4, BATCH + 3), (BATCH + 4, people_due), (1, 3)]
    assert found == [n for low, high in by_batch for n in range(high, low - 1, -1)]
    assert woken == [1, 1, 1]


async def test_what_was_settled_otherwise_since_it_was_found_does_not_enter(
    database: Database,
) -> None:
    await look_after(database, EVENING)
    some = await database.read(lambda t: check_ins.waiting(t, DUE, 1))
    await database.write(lambda t: check_ins.stop(t, 42))

    assert await database.write(lambda t: enter(t, some, DUE)) == 0
    assert await keys(database) == []


async def test_a_batch_that_is_cut_short_leaves_everything_due(database: Database) -> None:
    await look_after(database, EVENING)

    def killed(transaction: Transaction) -> None:
        assert enter(transaction, check_ins.waiting(transaction, DUE, 1), DUE) == 1
        raise KeyError

    with pytest.raises(KeyError):
        await database.write(killed)
    assert (await keys(database), await next_due(database)) == ([], DUE)

    sweep, _ = sweeping(database, LeapingClock(DUE))
    await sweep.run()
    assert await keys(database) == ["1:session:2026-11-23"]


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_clock_that_was_set_is_not_believed_for_one_look(
    database: Database, caplog: pytest.LogCaptureFixture, minutes: int
) -> None:
    clock = SetClock(DUE + timedelta(minutes=10))
    sweep, _ = sweeping(database, clock)
    await sweep.run()
    await look_after(database, EVENING)

    clock.set(timedelta(minutes=minutes))
    clock.advance(timedelta(seconds=20))
    await sweep.run()
    assert await keys(database) == []
    assert [one.levelno for one in caplog.records] == [logging.ERROR]

    clock.advance(timedelta(seconds=20))
    await sweep.run()
    assert await keys(database) == ["1:session:2026-11-23"]


async def test_a_clock_that_is_corrected_a_little_is_believed(database: Database) -> None:
    clock = SetClock(DUE)
    sweep, _ = sweeping(database, clock)
    await sweep.run()
    await look_after(database, EVENING)
    clock.set(timedelta(minutes=4))

    await sweep.run()

    assert len(await keys(database)) == 1


async def test_an_arrival_tells_its_kind_and_moment(database: Database) -> None:
    await look_after(database, EVENING)
    due = await database.write(lambda t: check_ins.due(t, DUE, check_ins.waiting(t, DUE, 1)))

    made = arrivals.arrival(due[0], date(2026, 11, 23), DUE)

    assert (made.chat_id, made.source) == (42, arrivals.SOURCE)
    told = {"kind": "session", "due": DUE.isoformat()}
    assert json.loads(made.body) == told


async def test_a_clock_that_was_a_day_ahead_costs_nobody_a_day(database: Database) -> None:
    await look_after(database, EVENING)
    clock = SetClock(DUE + timedelta(days=1, minutes=10))  # ahead by a day, at the first look
    sweep, _ = sweeping(database, clock)
    await sweep.run()
    assert await keys(database) == ["1:session:2026-11-24"]

    clock.set(timedelta(days=-1))
    await sweep.run()
    clock.advance(timedelta(seconds=20))
    await sweep.run()

    assert await keys(database) == ["1:session:2026-11-24", "1:session:2026-11-23"]
    clock.advance(timedelta(days=1))
    await sweep.run()
    assert len(await keys(database)) == 2  # that evening had its question
