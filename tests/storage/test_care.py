from datetime import timedelta

from sqlalchemy import select

from storage import inbox, inbox_care, outbox, outbox_care
from storage.database import Database
from storage.inbox import Arrival
from storage.outbox import Kind, Letter
from storage.tables.transport import INBOX
from tests.storage.conftest import NOW

ADA, BO = 7_000_000_001, 7_000_000_002


def put(database: Database, chat: int, *keys: str) -> None:
    arrivals = [Arrival(key, chat, "message", b"{}") for key in keys]
    database.write_now(lambda transaction: inbox.put(transaction, arrivals, NOW))


def states(database: Database) -> dict[str, tuple[str, int]]:
    found = select(INBOX.c.key, INBOX.c.state, INBOX.c.attempts)
    rows = database.read_now(lambda transaction: transaction.run(found).all())
    return {row.key: (row.state, row.attempts) for row in rows}


def claim(database: Database, chat: int) -> int:
    (item,) = database.write_now(lambda transaction: inbox.claim(transaction, [chat], NOW))
    return item.id


def test_a_flood_is_cut_to_its_newest_items_and_others_keep_theirs(database: Database) -> None:
    put(database, ADA, "a1", "a2", "a3", "a4")
    put(database, BO, "b1", "b2")

    cut = database.write_now(lambda transaction: inbox_care.trim(transaction, {ADA, BO}, 2, NOW))

    assert cut == 2
    assert [key for key, (state, _) in states(database).items() if state == "dead"] == ["a1", "a2"]


def test_what_is_few_is_left_alone(database: Database) -> None:
    put(database, ADA, "a1", "a2")

    assert not database.write_now(lambda transaction: inbox_care.trim(transaction, {ADA}, 2, NOW))


def test_a_chat_is_suspect_once_its_item_was_begun_often_enough(database: Database) -> None:
    put(database, ADA, "a1")
    put(database, BO, "b1")
    claim(database, BO)
    for _ in range(2):
        claim(database, ADA)

    assert database.read_now(lambda transaction: inbox_care.suspects(transaction, 2)) == {ADA}


def test_an_attempt_is_given_back_unless_the_item_is_over(database: Database) -> None:
    put(database, ADA, "a1")
    put(database, BO, "b1")
    parked, over = claim(database, ADA), claim(database, BO)
    database.write_now(lambda transaction: inbox.done(transaction, over, NOW))

    database.write_now(lambda transaction: inbox_care.give_back(transaction, {parked, over}))

    assert states(database) == {"a1": ("new", 0), "b1": ("done", 1)}


def test_a_letter_is_found_by_its_key_once_it_was_sent(database: Database) -> None:
    letter = Letter("prompt", ADA, Kind.REPLY, b"{}")
    database.write_now(lambda transaction: outbox.put(transaction, [letter], NOW))

    def found() -> int | None:
        return database.read_now(lambda transaction: outbox_care.message_of(transaction, "prompt"))

    assert found() is None
    (taken,) = database.write_now(
        lambda transaction: outbox.take(transaction, NOW, (), replies=1, nudges=0)
    )
    later = NOW + timedelta(seconds=1)
    database.write_now(lambda transaction: outbox.sent(transaction, taken.id, 77, later))
    assert found() == 77
