import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.budget import Caps, StoredBudget
from coach.llm.budget import Mode
from coach.llm.caller import Caller, CallMade
from coach.llm.port import Usage
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from storage import people
from storage.database import Database
from tests.bot.fakes import NOON, LeapingClock
from tests.coach.llm.providers import Counted, asked

CAPS = Caps(month=Decimal("0.01"), day=Decimal("0.03"))
CENT = 10_000


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock(NOON)


@pytest.fixture
def budget(database: Database, clock: LeapingClock) -> StoredBudget:
    return StoredBudget(database, clock, CAPS)


async def meet(database: Database, chat_id: int = 1) -> str:
    person = await database.write(lambda tx: people.create(tx, chat_id, "en", NOON))
    return person.public_id


async def test_a_month_begins_anew_and_a_reservation_is_settled_where_it_was_made(
    database: Database, budget: StoredBudget, clock: LeapingClock
):
    ada = await meet(database)
    made = await budget.reserve(ada, CENT)
    assert made is not None
    assert await budget.reserve(ada, 1) is None

    clock.advance(timedelta(days=8))
    await budget.settle(made, CENT // 2)

    assert await budget.mode(ada) is Mode.MODEL
    assert await budget.reserve(ada, CENT) is not None


async def test_what_is_urgent_goes_beyond_a_month_and_not_beyond_a_day(
    database: Database, budget: StoredBudget
):
    ada = await meet(database)
    await budget.reserve(ada, CENT)

    assert await budget.reserve(ada, CENT, urgent=True) is not None
    assert await budget.reserve(ada, CENT + 1, urgent=True) is None


async def test_calls_for_nobody_count_for_the_day(budget: StoredBudget):
    assert await budget.reserve("", 3 * CENT) is not None
    assert await budget.reserve("", 1) is None


@pytest.mark.parametrize(
    ("used", "mode"),
    [(7_999, Mode.MODEL), (8_000, Mode.SPARING), (9_500, Mode.SPENT)],
    ids=["below four fifths", "four fifths", "nothing worth a call left"],
)
async def test_how_much_of_a_month_is_used_decides_the_mode(
    database: Database, budget: StoredBudget, used: int, mode: Mode
):
    ada = await meet(database)
    await budget.reserve(ada, used)

    assert await budget.mode(ada) is mode


async def test_a_days_end_is_everybodys(database: Database, budget: StoredBudget):
    ada = await meet(database)
    await budget.reserve("", 3 * CENT)

    assert await budget.mode(ada) is Mode.SPENT


async def test_a_database_that_is_away_gives_no_money(database: Database, budget: StoredBudget):
    ada = await meet(database)
    made = await budget.reserve(ada, 1)
    assert made is not None
    database.close()

    assert await budget.reserve(ada, 1) is None
    await budget.settle(made, 1)


async def test_a_burst_of_three_hundred_calls_stays_under_both_caps(
    database: Database, clock: LeapingClock
):
    crowd = [await meet(database, chat_id) for chat_id in range(1, 7)]
    entries: list[CallMade] = []
    service = ModelService(
        Counted(Usage()), Deadlines(step=timedelta(minutes=2)), StoredBudget(database, clock, CAPS)
    )
    calls = (
        service.generate_content(asked(), Caller(crowd[number % 6], entries.append))
        for number in range(300)
    )

    await asyncio.gather(*calls, return_exceptions=True)

    assert {entry.error for entry in entries} == {None, "over_budget"}
    assert len(entries) == 300
    one = max(entry.micro_usd for entry in entries)
    assert 3 * CENT - one < sum(entry.micro_usd for entry in entries) <= 3 * CENT
