from datetime import timedelta

from storage import inbox, opik_outbox, outbox, people, spend, vitals
from storage.database import Database
from storage.inbox import Arrival, Backlog
from storage.outbox import Kind, Lane, Letter
from storage.people import Person
from storage.spend import Limit
from storage.transaction import Transaction
from storage.vitals import Vitals
from tests.storage.conftest import NOW

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LATER = NOW + 30 * MINUTE


def taken(database: Database) -> Vitals:
    return database.read_now(lambda t: vitals.take(t, LATER, LATER - HOUR))


def test_an_empty_database_has_nothing_waiting(database: Database):
    found = taken(database)

    assert found.inbox == Backlog(0, None)
    assert found.outbox == {lane: Backlog(0, None) for lane in Lane}
    assert found.given_up == {"inbox": 0, "outbox": 0}
    assert found.spent == 0
    assert found.opik == opik_outbox.Backlog(0, None, 0, 0)


def test_what_waits_is_counted_with_its_oldest(database: Database):
    def put(transaction: Transaction) -> None:
        inbox.put(transaction, [Arrival(str(n), n, "message", b"{}") for n in range(3)], NOW)
        letters = [Letter(f"n{n}", n, Kind.NUDGE, b"{}") for n in range(2)]
        outbox.put(transaction, letters, NOW + MINUTE)
        outbox.put(transaction, [Letter("n2", 2, Kind.NUDGE, b"{}")], NOW + 2 * MINUTE)
        outbox.put(transaction, [Letter("r", 1, Kind.REPLY, b"{}")], NOW + 3 * MINUTE)
        (sent,) = outbox.take(transaction, NOW, (), replies=1, nudges=0)
        outbox.sent(transaction, sent.id, 1, NOW)

    database.write_now(put)

    found = taken(database)

    assert found.inbox == Backlog(3, NOW)
    assert found.outbox == {Lane.ANSWERS: Backlog(0, None), Lane.NUDGES: Backlog(3, NOW + MINUTE)}


def test_only_faults_of_the_last_hour_count_as_given_up(database: Database):
    def give_up(transaction: Transaction) -> None:
        letters = [Letter(f"l{n}", n, Kind.REPLY, b"{}") for n in range(4)]
        outbox.put(transaction, letters, NOW)
        taken = outbox.take(transaction, NOW, (), replies=4, nudges=0)
        long_ago = LATER - 2 * HOUR
        fates = [("BadRequest", NOW), ("unreadable", NOW), ("unreachable", NOW), ("bad", long_ago)]
        for letter, (reason, at) in zip(taken, fates, strict=True):
            outbox.dead(transaction, letter.id, reason, at)
        inbox.put(transaction, [Arrival("1", 1, "message", b"{}")], NOW)
        (item,) = inbox.claim(transaction, [1], NOW)
        inbox.dead(transaction, item.id, "KeyError", NOW)

    database.write_now(give_up)

    assert taken(database).given_up == {"inbox": 1, "outbox": 2}


def test_spending_is_todays_and_everybodys(database: Database, ada: Person):
    today, yesterday = NOW.date(), NOW.date() - timedelta(days=1)

    def pay(transaction: Transaction) -> None:
        everybody = Limit(spend.ALL, today, None)
        spend.reserve(transaction, [everybody, Limit(ada.public_id, today, None)], 70)
        spend.settle(transaction, [everybody], 70, 50)
        spend.reserve(transaction, [Limit(spend.ALL, yesterday, None)], 1_000)

    database.write_now(pay)

    assert taken(database).spent == 50


def test_what_opik_lacks_is_counted(database: Database, ada: Person):
    database.write_now(lambda t: opik_outbox.put_scores(t, ada, "trace", {"plan_rating": 4}, NOW))

    assert taken(database).opik == opik_outbox.Backlog(1, NOW, 0, 0)


def test_who_is_erased_is_in_no_figure(database: Database, ada: Person):
    def leave(transaction: Transaction) -> None:
        letter = Letter("l", ada.chat_id, Kind.REPLY, b"{}")
        outbox.put(transaction, [letter], NOW)
        inbox.put(transaction, [Arrival("1", ada.chat_id, "message", b"{}")], NOW)
        people.erase(transaction, ada, NOW)

    database.write_now(leave)

    found = taken(database)
    assert (found.inbox.waiting, found.outbox[Lane.ANSWERS].waiting) == (0, 0)
    assert found.given_up == {"inbox": 0, "outbox": 0}
