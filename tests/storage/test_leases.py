import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from storage import inbox, leases
from storage.database import Database
from storage.inbox import Arrival, Item
from storage.opening import open_beside
from storage.tables.transport import INBOX
from tests.storage.conftest import NOW

HALF = leases.LASTS / 2
OVER = leases.LASTS + timedelta(seconds=1)
ADA, BO = 1, 2


def put(database: Database, *keys: str) -> None:
    """Let something come in: "1b" is the second message in chat 1."""
    arrivals = [Arrival(key, int(key[0]), "message", b"{}") for key in keys]
    database.write_now(lambda transaction: inbox.put(transaction, arrivals, NOW))


def claim(
    database: Database, worker: str, *chats: int, after: timedelta = timedelta()
) -> list[Item]:
    return database.write_now(lambda t: leases.claim(t, chats, worker, NOW + after))


def waiting(database: Database, after: timedelta = timedelta()) -> list[int]:
    return database.read_now(lambda t: leases.waiting_chats(t, NOW + after, 10))


def test_a_leased_chat_is_nobody_elses(database: Database) -> None:
    put(database, "1a", "1b", "2a")

    (item,) = claim(database, "one", ADA)

    assert (item.key, item.worker, item.attempts) == ("1a", "one", 1)
    assert waiting(database) == [BO]
    assert claim(database, "two", ADA) == []


def test_a_finished_turn_leaves_its_chat_to_whoever_comes(database: Database) -> None:
    put(database, "1a", "1b")
    (item,) = claim(database, "one", ADA)

    assert database.write_now(lambda t: inbox.done(t, item.id, NOW, "one"))

    assert [item.key for item in claim(database, "two", ADA)] == ["1b"]


def test_a_lease_that_was_not_renewed_is_taken_over(database: Database) -> None:
    put(database, "1a")
    claim(database, "one", ADA)

    (item,) = claim(database, "two", ADA, after=OVER)

    assert (item.worker, item.attempts) == ("two", 2)


def test_a_renewed_lease_lasts(database: Database) -> None:
    put(database, "1a")
    claim(database, "one", ADA)

    assert database.write_now(lambda t: leases.renew(t, "one", NOW + HALF)) == 1

    assert waiting(database, OVER) == []
    assert claim(database, "two", ADA, after=OVER) == []


def test_whoever_lost_the_lease_ends_nothing(database: Database) -> None:
    put(database, "1a")
    (item,) = claim(database, "one", ADA)
    claim(database, "two", ADA, after=OVER)

    assert not database.write_now(lambda t: inbox.done(t, item.id, NOW, "one"))
    assert not database.write_now(lambda t: inbox.dead(t, item.id, "late", NOW, "one"))
    database.write_now(lambda t: inbox.retry(t, item.id, NOW, "one"))
    assert database.write_now(lambda t: leases.renew(t, "one", NOW)) == 0
    assert database.write_now(lambda t: inbox.done(t, item.id, NOW, "two"))


@pytest.mark.parametrize("how", ["released", "retried"])
def test_a_lease_given_back_is_free_at_once(database: Database, how: str) -> None:
    put(database, "1a")
    (item,) = claim(database, "one", ADA)

    if how == "released":
        assert database.write_now(lambda t: leases.release(t, "one")) == 1
    else:
        database.write_now(lambda t: inbox.retry(t, item.id, NOW, "one"))

    assert [item.worker for item in claim(database, "two", ADA)] == ["two"]


def test_what_comes_in_late_with_a_lower_number_waits_for_the_turn_under_way(
    database: Database,
) -> None:
    put(database, "1a", "1b")
    (first,) = claim(database, "one", ADA)
    database.write_now(lambda t: inbox.done(t, first.id, NOW, "one"))
    claim(database, "one", ADA)
    late = INBOX.update().where(INBOX.c.id == first.id)
    database.write_now(lambda t: t.run(late.values(state="new", worker=None, leased_until=None)))

    assert waiting(database) == []
    assert claim(database, "two", ADA) == []


@pytest.mark.parametrize(
    "url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
async def test_of_two_that_claim_at_once_each_head_goes_to_one(
    url: str, key_file: Path, database: Database
) -> None:
    other = open_beside(url, key_file, NOW)
    chats = range(1, 10)
    await database.write(
        lambda t: inbox.put(t, [Arrival(f"{c}", c, "message", b"{}") for c in chats], NOW)
    )

    async def grab(who: Database, name: str) -> list[Item]:
        return await who.write(lambda t: leases.claim(t, chats, name, NOW))

    one, two = await asyncio.gather(grab(database, "one"), grab(other, "two"))
    other.close()

    assert sorted(item.chat_id for item in one + two) == list(chats)
