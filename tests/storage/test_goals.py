from dataclasses import replace
from datetime import timedelta

from storage import changes, check_ins, evaluations, goals, plans
from storage.changes import Change
from storage.database import Database
from storage.goals import GoalState, KeptResolution
from storage.people import Person
from storage.plans import KeptPlan
from storage.tables import METADATA
from tests.storage import examples
from tests.storage.conftest import NOW


def keep_goal(database: Database, person: Person) -> int:
    return database.write_now(lambda transaction: examples.keep_goal(transaction, person))


def test_a_goal_is_read_as_it_was_understood(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)

    (goal,) = database.read_now(lambda transaction: goals.of(transaction, ada))

    assert (goal.id, goal.state, goal.created_at) == (goal_id, GoalState.ACTIVE, NOW)
    assert goal.understanding == examples.UNDERSTANDING


def test_a_goal_changes_as_more_is_understood(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)
    easier = replace(examples.UNDERSTANDING, load=0.7)
    database.write_now(lambda tx: goals.understand(tx, ada, goal_id, easier, NOW))
    database.write_now(lambda tx: goals.move(tx, ada, goal_id, GoalState.PARKED, NOW))

    (goal,) = database.read_now(lambda transaction: goals.of(transaction, ada))

    assert (goal.understanding.load, goal.state) == (0.7, GoalState.PARKED)


def test_the_newest_resolution_counts(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)
    newer = replace(examples.RESOLUTION, line="I will run twice a week.")
    drafted = replace(examples.DRAFTED_RESOLUTION, work=newer)
    subject = examples.resolution(goal_id, 2)
    database.write_now(lambda tx: goals.keep_resolution(tx, ada, subject, drafted, examples.TURN))

    found = database.read_now(lambda transaction: goals.resolution(transaction, ada, goal_id))

    assert found == KeptResolution(2, newer)


def test_a_plan_is_read_as_it_was_made_week_by_week(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)

    found = database.read_now(lambda transaction: plans.newest(transaction, ada, goal_id))

    assert found == KeptPlan(1, examples.PLAN)


def test_the_newest_plan_counts_and_the_older_stays_apart(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)
    shorter = replace(examples.PLAN, weeks=examples.PLAN.weeks[:1])
    drafted = replace(examples.DRAFTED_PLAN, work=shorter)
    subject = examples.plan(goal_id, 2)
    database.write_now(lambda tx: plans.keep(tx, ada, subject, drafted, examples.TURN))

    found = database.read_now(lambda transaction: plans.newest(transaction, ada, goal_id))

    assert found == KeptPlan(2, shorter)


def test_scores_are_kept_with_their_reasons_and_by_who_gave_them(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)
    subject = examples.resolution(goal_id)

    found = database.read_now(lambda tx: evaluations.find(tx, ada, subject, "rules"))

    assert found == examples.SCORES
    assert database.read_now(lambda tx: evaluations.find(tx, ada, subject, "judge")) is None


def test_nobody_reads_or_moves_the_goal_of_another(database: Database, ada: Person, bob: Person):
    goal_id = keep_goal(database, ada)
    database.write_now(lambda tx: goals.move(tx, bob, goal_id, GoalState.DONE, NOW))
    database.write_now(lambda tx: goals.drop(tx, bob, goal_id))
    subject = examples.resolution(goal_id)

    assert database.read_now(lambda transaction: goals.of(transaction, bob)) == []
    assert (
        database.read_now(lambda transaction: goals.resolution(transaction, bob, goal_id)) is None
    )
    assert database.read_now(lambda transaction: plans.newest(transaction, bob, goal_id)) is None
    assert database.read_now(lambda tx: evaluations.find(tx, bob, subject, "rules")) is None
    (goal,) = database.read_now(lambda transaction: goals.of(transaction, ada))
    assert goal.state is GoalState.ACTIVE


def test_a_dropped_goal_takes_its_plans_along(database: Database, ada: Person):
    goal_id = database.write_now(lambda transaction: examples.fill(transaction, ada))

    database.write_now(lambda transaction: goals.drop(transaction, ada, goal_id))

    for name in ("goal", "resolution", "plan", "plan_week", "plan_session", "change"):
        table = METADATA.tables[name]
        assert not database.read_now(lambda tx, t=table: tx.run(t.select()).all()), name


def test_what_stays_the_same_of_a_schedule_is_due_as_it_was(database: Database, ada: Person):
    evenings = replace(examples.EVENINGS, next_due_at=NOW)
    later = replace(evenings, next_due_at=NOW + timedelta(days=1))
    sundays = replace(later, weekdays=frozenset({6}))
    for wanted, kept in (
        ([evenings], [evenings]),
        ([later, sundays], [evenings, sundays]),
        ([sundays], [sundays]),
        ([], []),
    ):
        database.write_now(lambda tx, w=wanted: check_ins.settle(tx, ada, w, NOW))

        assert database.read_now(lambda transaction: check_ins.of(transaction, ada)) == kept


def test_a_change_is_kept_with_what_was_before_and_after(database: Database, ada: Person):
    goal_id = keep_goal(database, ada)
    change = Change(goal_id, "too_hard", b"missed twice", b"20 min", b"14 min")

    database.write_now(lambda tx: changes.record(tx, ada, change, examples.TURN))

    assert database.read_now(lambda tx: changes.of_goals(tx, ada, [goal_id])) == {goal_id: [change]}
