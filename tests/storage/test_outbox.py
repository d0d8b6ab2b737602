from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage import outbox, outbox_care, retention
from storage.database import Database
from storage.outbox import Kind, Letter, State, Taken
from storage.outbox_care import Recovered
from storage.tables.transport import OUTBOX
from storage.transaction import Transaction
from tests.storage.conftest import NOW

SOON = timedelta(seconds=5)


def letter(key: str, chat_id: int = 1, kind: Kind = Kind.REPLY) -> Letter:
    return Letter(key, chat_id, kind, f"words of {key}".encode())


def put(database: Database, *letters: Letter) -> int:
    return database.write_now(lambda transaction: outbox.put(transaction, letters, NOW))


def take(
    database: Database,
    *busy: int,
    replies: int = 10,
    nudges: int = 10,
    after: timedelta = timedelta(),
) -> list[Taken]:
    return database.write_now(
        lambda transaction: outbox.take(
            transaction, NOW + after, busy, replies=replies, nudges=nudges
        )
    )


def keys(letters: list[Taken]) -> list[str]:
    return [letter.dedup_key for letter in letters]


def rows(database: Database) -> list[tuple[str, str, bool]]:
    def look(transaction: Transaction) -> list[tuple[str, str, bool]]:
        found = transaction.run(OUTBOX.select().order_by(OUTBOX.c.id))
        return [(row.dedup_key, row.state, row.payload is not None) for row in found]

    return database.read_now(look)


def test_a_letter_is_taken_as_it_was_put(database: Database):
    put(database, letter("a", 7_000_000_001))

    (taken,) = take(database)

    assert taken == Taken(taken.id, "a", 7_000_000_001, Kind.REPLY, b"words of a", 1)


def test_a_letter_that_is_put_again_is_not_new(database: Database):
    assert put(database, letter("a"), letter("b")) == 2

    assert put(database, letter("b"), letter("c")) == 1


def test_a_chat_has_one_letter_under_way_and_in_order(database: Database):
    put(database, letter("a"), letter("b"), letter("c", 2))

    assert keys(take(database)) == ["a", "c"]
    assert take(database) == []


def test_the_next_letter_goes_when_the_last_arrived(database: Database):
    put(database, letter("a"), letter("b"))
    (first,) = take(database)
    database.write_now(lambda transaction: outbox.sent(transaction, first.id, 99, NOW))

    assert keys(take(database)) == ["b"]
    assert rows(database) == [("a", "sent", False), ("b", "sending", True)]


def test_a_busy_chat_gets_nothing(database: Database):
    put(database, letter("a"), letter("b", 2))

    assert keys(take(database, 1)) == ["b"]


def test_nudges_go_behind_the_replies_and_never_beside_them(database: Database):
    put(database, letter("n1", kind=Kind.NUDGE), letter("n2", 2, Kind.NUDGE), letter("r1"))

    assert keys(take(database)) == ["r1", "n2"]


def test_a_full_lane_does_not_stop_the_other(database: Database):
    put(database, letter("n1", 1, Kind.NUDGE), letter("n2", 2, Kind.NUDGE), letter("r3", 3))

    assert keys(take(database, nudges=1)) == ["r3", "n1"]
    assert keys(take(database, replies=0)) == ["n2"]


def test_a_lane_gives_no_more_than_asked(database: Database):
    put(database, letter("a", 1), letter("b", 2), letter("c", 3))

    assert keys(take(database, replies=2)) == ["a", "b"]


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.DOCUMENT])
def test_notices_and_documents_go_with_the_replies(database: Database, kind: Kind):
    put(database, letter("a", kind=kind))

    assert keys(take(database, nudges=0)) == ["a"]


def test_a_letter_that_waits_keeps_its_chat_in_order(database: Database):
    put(database, letter("a"), letter("b"), letter("c", 2))
    (first, _) = take(database)
    database.write_now(lambda transaction: outbox.retry(transaction, first.id, NOW + SOON, "flood"))

    assert take(database) == []
    (again,) = take(database, after=SOON)
    assert (again.dedup_key, again.attempts) == ("a", 2)


@pytest.mark.parametrize("end", [outbox.unknown, outbox.dead])
def test_a_letter_that_is_given_up_makes_way(
    database: Database, end: Callable[[Transaction, int, str, datetime], None]
):
    put(database, letter("a"), letter("b"))
    (first,) = take(database)
    database.write_now(lambda transaction: end(transaction, first.id, "refused", NOW))

    assert keys(take(database)) == ["b"]
    assert rows(database)[0][2] is False


def test_after_a_crash_replies_go_again_and_nudges_never(database: Database):
    put(database, letter("reply", 1), letter("nudge", 2, Kind.NUDGE), letter("waits", 3))
    take(database, 3)

    found = database.write_now(lambda transaction: outbox_care.recover(transaction, NOW))

    assert found == Recovered(again=1, unknown=1)
    assert rows(database) == [
        ("reply", "new", True),
        ("nudge", "unknown", False),
        ("waits", "new", True),
    ]


def test_a_letter_whose_time_is_over_is_dropped(database: Database):
    late = Letter("n", 1, Kind.NUDGE, b"now!", expires_at=NOW + SOON)
    put(database, late, letter("r", 2))
    assert keys(take(database, 2, after=SOON)) == []

    assert database.write_now(lambda transaction: outbox.expire(transaction, NOW + SOON)) == 1

    assert rows(database) == [("n", State.EXPIRED, False), ("r", "new", True)]


def test_only_the_waiting_nudges_of_a_chat_are_cancelled(database: Database):
    put(database, letter("n", 1, Kind.NUDGE), letter("r", 1), letter("other", 2, Kind.NUDGE))

    cancelled = database.write_now(
        lambda transaction: outbox_care.cancel_nudges(transaction, 1, "blocked", NOW)
    )

    assert cancelled == 1
    assert [state for _, state, _ in rows(database)] == ["dead", "new", "new"]


def test_the_health_check_counts_what_is_to_be_sent(database: Database):
    put(database, letter("a"), letter("b", 2), letter("c", 3))
    (taken, *_) = take(database, 3)
    database.write_now(lambda transaction: outbox.sent(transaction, taken.id, 1, NOW))

    assert database.read_now(outbox_care.waiting) == 2


def test_sent_letters_are_forgotten_after_three_days(database: Database):
    put(database, letter("a"), letter("b"))
    (taken,) = take(database)
    database.write_now(lambda transaction: outbox.sent(transaction, taken.id, 1, NOW))

    later = NOW + retention.TRANSPORT + SOON
    database.write_now(lambda transaction: retention.purge(transaction, later))

    assert rows(database) == [("b", "new", True)]
