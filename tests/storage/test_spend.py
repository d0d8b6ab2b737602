import asyncio
from datetime import date, timedelta

import pytest

from storage import people, retention, spend
from storage.database import Database
from storage.people import Person
from storage.spend import ALL, Limit, OverLimitError
from storage.tables.spending import SPEND
from tests.storage.conftest import NOW

TODAY = NOW.date()
MONTH = TODAY.replace(day=1)
EVERYBODY = Limit(ALL, TODAY, 10_000)


def month_of(person: Person, most: int | None = 1_000) -> Limit:
    return Limit(person.public_id, MONTH, most)


def taken(database: Database, limit: Limit) -> int:
    return database.read_now(lambda tx: spend.taken(tx, limit))


def reserve(database: Database, amount: int, *limits: Limit) -> None:
    database.write_now(lambda tx: spend.reserve(tx, limits, amount))


def test_what_is_reserved_and_used_is_taken(database: Database, ada: Person):
    limits = (month_of(ada), EVERYBODY)
    reserve(database, 600, *limits)
    assert [taken(database, limit) for limit in limits] == [600, 600]

    database.write_now(lambda tx: spend.settle(tx, limits, 600, 250))

    assert [taken(database, limit) for limit in limits] == [250, 250]
    (rows,) = database.read_now(lambda tx: [tx.run(SPEND.select()).all()])
    assert {(row.used, row.reserved) for row in rows} == {(250, 0)}


def test_a_limit_may_be_reached_and_not_passed(database: Database, ada: Person):
    reserve(database, 1_000, month_of(ada))

    with pytest.raises(OverLimitError):
        reserve(database, 1, month_of(ada))


@pytest.mark.parametrize("full", [ALL, "their month"])
def test_nothing_is_reserved_unless_every_limit_allows_it(
    database: Database, ada: Person, full: str
):
    month = month_of(ada, 10_000 if full == ALL else 100)
    everybody = Limit(ALL, TODAY, 100 if full == ALL else 10_000)

    with pytest.raises(OverLimitError):
        reserve(database, 101, month, everybody)

    assert (taken(database, month), taken(database, everybody)) == (0, 0)


def test_a_limit_without_an_end_still_counts(database: Database, ada: Person):
    reserve(database, 5_000, month_of(ada, None), EVERYBODY)

    assert taken(database, month_of(ada)) == 5_000


def test_periods_and_people_are_apart(database: Database, ada: Person, bob: Person):
    reserve(database, 1_000, month_of(ada))
    reserve(database, 1_000, month_of(bob))
    reserve(database, 1_000, Limit(ada.public_id, date(2026, 12, 1), 1_000))

    assert taken(database, month_of(ada)) == 1_000


async def test_fifty_at_once_never_go_beyond_a_limit(database: Database):
    chats = range(100, 110)
    crowd = [await database.write(lambda tx, c=c: people.create(tx, c, "en", NOW)) for c in chats]

    async def one(number: int) -> bool:
        limits = (month_of(crowd[number % 10]), Limit(ALL, TODAY, 3_000))
        try:
            await database.write(lambda tx: spend.reserve(tx, limits, 400))
        except OverLimitError:
            return False
        return True

    made = await asyncio.gather(*map(one, range(50)))

    assert sum(made) == 7
    assert await database.read(lambda tx: spend.taken(tx, EVERYBODY)) == 2_800
    months = [await database.read(lambda tx, p=p: spend.taken(tx, month_of(p))) for p in crowd]
    assert (max(months) <= 1_000, sum(months)) == (True, 2_800)


def test_somebody_erased_leaves_no_row_and_gets_none(database: Database, ada: Person):
    reserve(database, 600, month_of(ada), EVERYBODY)
    database.write_now(lambda tx: people.erase(tx, ada, NOW))

    database.write_now(lambda tx: spend.settle(tx, (month_of(ada), EVERYBODY), 600, 250))
    with pytest.raises(OverLimitError):
        reserve(database, 1, month_of(ada))

    rows = database.read_now(lambda tx: tx.run(SPEND.select()).all())
    assert [(row.scope, row.used) for row in rows] == [(ALL, 250)]


def test_old_periods_are_forgotten(database: Database):
    reserve(database, 1, EVERYBODY)
    database.write_now(lambda tx: retention.purge(tx, NOW + retention.MESSAGES))
    assert taken(database, EVERYBODY) == 1

    later = NOW + retention.MESSAGES + timedelta(days=1)
    database.write_now(lambda tx: retention.purge(tx, later))

    assert taken(database, EVERYBODY) == 0
