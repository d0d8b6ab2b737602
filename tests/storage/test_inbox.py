from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from storage import inbox, retention
from storage.database import Database
from storage.inbox import Arrival, Item, State
from storage.tables.transport import INBOX
from storage.transaction import Transaction
from tests.storage.conftest import NOW

SOON = timedelta(seconds=5)


def said(key: int, chat_id: int = 1, words: str = "hello") -> Arrival:
    return Arrival(str(key), chat_id, "message", words.encode())


def put(database: Database, *arrivals: Arrival) -> int:
    return database.write_now(lambda transaction: inbox.put(transaction, arrivals, NOW))


def claim(database: Database, *chats: int, now: timedelta = timedelta()) -> list[Item]:
    return database.write_now(lambda transaction: inbox.claim(transaction, chats, NOW + now))


def keys(items: list[Item]) -> list[str]:
    return [item.key for item in items]


def test_what_comes_in_is_handed_out_as_it_was(database: Database):
    put(database, said(7_000_000_001, 7_000_000_002, "grüß dich 👋"))

    (item,) = claim(database, 7_000_000_002)

    assert (item.key, item.body.decode(), item.attempts) == ("7000000001", "grüß dich 👋", 1)


def test_an_update_that_comes_again_is_not_new(database: Database):
    assert put(database, said(1), said(2)) == 2

    assert put(database, said(2), said(3)) == 1


def test_an_update_that_comes_again_after_its_turn_is_not_new(database: Database):
    put(database, said(1))
    (item,) = claim(database, 1)
    database.write_now(lambda transaction: inbox.done(transaction, item.id, NOW))

    assert put(database, said(1)) == 0
    assert claim(database, 1) == []


def test_two_sources_may_use_the_same_key(database: Database):
    assert put(database, said(1), Arrival("1", 1, "due", b"", source="check_in")) == 2


def test_nothing_put_is_nothing_new(database: Database):
    assert put(database) == 0


def test_a_chat_is_served_in_order_and_one_at_a_time(database: Database):
    put(database, said(1), said(2), said(3, chat_id=2))

    assert keys(claim(database, 1, 2)) == ["1", "3"]
    assert keys(claim(database, 1)) == ["1"]


def test_every_claim_counts_as_an_attempt(database: Database):
    put(database, said(1))

    assert [claim(database, 1)[0].attempts for _ in range(3)] == [1, 2, 3]


def test_an_item_that_is_put_off_keeps_its_chat_waiting_but_no_other(database: Database):
    put(database, said(1), said(2), said(3, chat_id=2))
    (item,) = claim(database, 1)
    database.write_now(lambda transaction: inbox.retry(transaction, item.id, NOW + SOON))

    assert keys(claim(database, 1, 2)) == ["3"]
    assert waiting(database) == [2]
    assert keys(claim(database, 1, now=SOON)) == ["1"]


def test_a_dead_item_makes_way_and_says_why(database: Database):
    put(database, said(1), said(2))
    (item,) = claim(database, 1)
    database.write_now(lambda transaction: inbox.dead(transaction, item.id, "KeyError", NOW))

    assert keys(claim(database, 1)) == ["2"]
    assert states(database) == [("dead", "KeyError", None), ("new", None, b"")]


def test_a_finished_item_stays_as_it_ended(database: Database):
    put(database, said(1))
    (item,) = claim(database, 1)
    database.write_now(lambda transaction: inbox.dead(transaction, item.id, "poison", NOW))
    database.write_now(lambda transaction: inbox.done(transaction, item.id, NOW))

    assert states(database) == [("dead", "poison", None)]


def test_the_backlog_tells_how_much_waits_and_since_when(database: Database):
    assert database.read_now(inbox.backlog) == inbox.Backlog(0, None)
    put(database, said(1), said(2))

    assert database.read_now(inbox.backlog) == inbox.Backlog(2, NOW)


def test_finished_items_are_forgotten_after_three_days(database: Database):
    put(database, said(1), said(2))
    (item,) = claim(database, 1)
    database.write_now(lambda transaction: inbox.done(transaction, item.id, NOW))
    database.write_now(lambda transaction: retention.purge(transaction, NOW + retention.TRANSPORT))
    assert len(states(database)) == 2

    later = NOW + retention.TRANSPORT + SOON
    database.write_now(lambda transaction: retention.purge(transaction, later))

    assert states(database) == [("new", None, b"")]


def waiting(database: Database) -> list[int]:
    return list(database.read_now(lambda transaction: inbox.waiting_chats(transaction, NOW)))


def states(database: Database) -> list[tuple[str, str | None, bytes | None]]:
    def look(transaction: Transaction) -> list[tuple[str, str | None, bytes | None]]:
        rows = transaction.run(INBOX.select().order_by(INBOX.c.id))
        return [(row.state, row.reason, row.body and b"") for row in rows]

    return database.read_now(look)


class InboxAgainstAList(RuleBasedStateMachine):
    """The inbox behaves like a list from which each chat takes its first."""

    database: Database
    chats = st.integers(1, 3)

    def __init__(self) -> None:
        super().__init__()
        self.known = set[int]()
        self.waiting = list[Arrival]()
        self.database.write_now(lambda transaction: transaction.run(INBOX.delete()).rowcount)

    @rule(
        arrivals=st.lists(
            st.tuples(st.integers(1, 30), chats), max_size=5, unique_by=lambda a: a[0]
        )
    )
    def put(self, arrivals: list[tuple[int, int]]) -> None:
        batch = [said(key, chat_id) for key, chat_id in arrivals]
        fresh = [arrival for arrival in batch if int(arrival.key) not in self.known]
        assert self.database.write_now(
            lambda transaction: inbox.put(transaction, batch, NOW)
        ) == len(fresh)
        self.known.update(int(arrival.key) for arrival in fresh)
        self.waiting += fresh

    @rule(chat_id=chats, state=st.sampled_from([State.DONE, State.DEAD, State.NEW]))
    def work(self, chat_id: int, state: State) -> None:
        items = self.database.write_now(
            lambda transaction: inbox.claim(transaction, [chat_id], NOW)
        )
        first = next((arrival for arrival in self.waiting if arrival.chat_id == chat_id), None)
        assert keys(items) == ([first.key] if first else [])
        if first is None or state is State.NEW:
            return
        self.waiting.remove(first)
        if state is State.DONE:
            self.database.write_now(lambda transaction: inbox.done(transaction, items[0].id, NOW))
        else:
            self.database.write_now(
                lambda transaction: inbox.dead(transaction, items[0].id, "why", NOW)
            )

    @invariant()
    def the_same_chats_wait(self) -> None:
        expected = Counter(arrival.chat_id for arrival in self.waiting)
        found = self.database.read_now(lambda transaction: inbox.waiting_chats(transaction, NOW))
        assert list(found.items()) == list(expected.items())


def test_the_inbox_is_a_list_from_which_each_chat_takes_its_first(sqlite_database: Database):
    InboxAgainstAList.database = sqlite_database
    checks = settings(
        max_examples=20,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )

    run_state_machine_as_test(InboxAgainstAList, settings=checks)
