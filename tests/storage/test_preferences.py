from datetime import time, timedelta

import pytest

from coach.preferences import Pause, Preferences, Quiet
from coach.values import Style
from storage import evaluations, feedback, goals, people, plans, ratings
from storage.database import Database
from storage.people import Person
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW
from tests.storage.examples import TURN

EVERYTHING = Preferences(
    quiet=Quiet(time(22), time(7)),
    check_in="20:15",
    reminders=True,
    style=Style.FIRM,
    ai_wording=False,
    review_day=5,
    zone_ask_at=NOW + timedelta(days=100),
    pause=Pause(NOW, NOW + timedelta(days=7)),
    hush_until=NOW + timedelta(hours=3),
    day_ends=time(1, 30),
)


def test_somebody_new_has_the_defaults(ada: Person):
    assert ada.preferences == Preferences()


@pytest.mark.parametrize(
    "preferred",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(Preferences(), id="nothing"),
        pytest.param(Preferences(pause=Pause(NOW)), id="a pause without an end"),
    ],
)
def test_preferences_come_back_as_they_were_set(
    database: Database, ada: Person, bob: Person, preferred: Preferences
):
    database.write_now(lambda t: people.prefer(t, ada, EVERYTHING))

    database.write_now(lambda t: people.prefer(t, ada, preferred))

    found = database.read_now(lambda t: people.find(t, ada.chat_id))
    assert found is not None
    assert found.preferences == preferred
    assert database.read_now(lambda t: people.find(t, bob.chat_id)) == bob


def test_goals_come_in_the_order_they_were_put_in(database: Database, ada: Person):
    def order(transaction: Transaction) -> list[int]:
        first, second, third = (examples.keep_goal(transaction, ada) for _ in range(3))
        goals.arrange(transaction, ada, [third, first])
        assert [goal.id for goal in goals.of(transaction, ada)] == [third, first, second]
        return [first, second, third]

    assert len(database.write_now(order)) == 3


def test_an_older_version_of_a_plan_can_still_be_read(database: Database, ada: Person):
    def change(transaction: Transaction) -> int:
        goal_id = examples.keep_goal(transaction, ada)
        again = examples.plan(goal_id, 2)
        plans.keep(transaction, ada, again, examples.DRAFTED_PLAN, TURN)
        return goal_id

    goal_id = database.write_now(change)

    first = database.read_now(lambda t: plans.at(t, ada, goal_id, 1))
    assert first is not None
    assert first.version == 1
    assert database.read_now(lambda t: plans.at(t, ada, goal_id, 3)) is None
    assert database.read_now(lambda t: goals.resolution(t, ada, goal_id, 1)) is not None
    assert database.read_now(lambda t: goals.resolution(t, ada, goal_id, 2)) is None


def test_a_dropped_goal_takes_its_scores_and_stars_along(database: Database, ada: Person):
    def drop(transaction: Transaction) -> int:
        goal_id = examples.keep_goal(transaction, ada)
        ratings.rate(transaction, ada, examples.plan(goal_id), 5, NOW)
        goals.drop(transaction, ada, goal_id)
        return goal_id

    goal_id = database.write_now(drop)

    subject = examples.plan(goal_id)
    assert database.read_now(lambda t: ratings.find(t, ada, subject)) is None
    assert not database.read_now(lambda t: evaluations.find(t, ada, subject, "rules"))


def test_feedback_is_kept_in_the_persons_own_words(database: Database, ada: Person, bob: Person):
    database.write_now(lambda t: feedback.keep(t, ada, "Más corto, por favor", TURN))

    assert database.read_now(lambda t: feedback.of(t, ada)) == ["Más corto, por favor"]
    assert database.read_now(lambda t: feedback.of(t, bob)) == []
