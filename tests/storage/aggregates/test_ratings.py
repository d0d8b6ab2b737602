from datetime import timedelta

import pytest

from storage import ratings as kept
from storage import windows
from storage.aggregates import ratings
from storage.aggregates.scope import Scope
from storage.database import Database
from storage.people import Person
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW

WINDOW = windows.last(7, NOW)
EVERYBODY = Scope(WINDOW)


@pytest.fixture
def goal_id(database: Database, ada: Person) -> int:
    return database.write_now(lambda tx: examples.keep_goal(tx, ada))


def test_ratings_are_counted_by_kind_and_aspect(
    database: Database, ada: Person, bob: Person, goal_id: int
):
    def rate(transaction: Transaction) -> None:
        other = examples.keep_goal(transaction, bob)
        kept.rate(transaction, ada, examples.plan(goal_id), 2, NOW)
        kept.explain(transaction, ada, examples.plan(goal_id), "lo", NOW)
        kept.rate(transaction, ada, examples.plan(goal_id), 4, NOW, "clarity")
        kept.rate(transaction, bob, examples.plan(other), 5, NOW)

    database.write_now(rate)

    def found(transaction: Transaction, scope: Scope):
        return ratings.tally(transaction, scope, ratings.KIND, ratings.ASPECT)

    assert database.read_now(lambda tx: found(tx, EVERYBODY)) == {
        ("plan", "stars"): {2: 1, 5: 1},
        ("plan", "clarity"): {4: 1},
    }
    assert database.read_now(lambda tx: found(tx, Scope(WINDOW, bob))) == {
        ("plan", "stars"): {5: 1}
    }
    assert database.read_now(lambda tx: found(tx, EVERYBODY.before())) == {}
    assert database.read_now(lambda tx: ratings.reasons(tx, EVERYBODY)) == {"plan": {"lo": 1}}
    assert database.read_now(lambda tx: ratings.reasons(tx, Scope(WINDOW, bob))) == {}


def test_a_window_holds_its_first_moment_and_not_its_end(
    database: Database, ada: Person, goal_id: int
):
    def rated(transaction: Transaction) -> None:
        first, instant = WINDOW.start, timedelta(microseconds=1)
        kept.rate(transaction, ada, examples.plan(goal_id), 5, first)
        kept.rate(transaction, ada, examples.plan(goal_id), 1, first - instant, "clarity")
        kept.rate(transaction, ada, examples.resolution(goal_id), 4, WINDOW.end - instant)
        kept.rate(transaction, ada, examples.resolution(goal_id), 1, WINDOW.end, "clarity")

    database.write_now(rated)

    found = database.read_now(lambda tx: ratings.tally(tx, EVERYBODY))
    assert found == {(): {5: 1, 4: 1}}
