"""Keeping goals: parked ones, resolutions and plans."""

from bot.journey.events import Rated, Subject
from bot.journey.keeps import KeepCheckIn, KeepParked, KeepPlan, KeepResolution
from bot.keeping import changing, memory
from bot.keeping.changing import Made, Side
from bot.keeping.subjects import stored
from coach.values import GoalUnderstanding
from storage import goals, ids, people, plans
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


def park(transaction: Transaction, person: Person, keep: KeepParked, origin: Origin) -> None:
    """Put goals on the waiting list, or beside it as small habits."""
    state = goals.GoalState.HABIT if keep.as_habit else goals.GoalState.PARKED
    for text in keep.texts:
        goal_id = ids.new()
        understanding = GoalUnderstanding(text, language=person.language)
        goals.create(transaction, person, goal_id, understanding, origin.at)
        goals.move(transaction, person, goal_id, state, origin.at)


def resolution(
    transaction: Transaction, person: Person, keep: KeepResolution, origin: Origin
) -> Subject:
    """Keep an agreed resolution as the goal's next version; a new goal becomes active."""
    known = {goal.id for goal in goals.of(transaction, person)}
    if keep.goal in known:
        goals.understand(transaction, person, keep.goal, keep.understanding, origin.at)
        goals.move(transaction, person, keep.goal, goals.GoalState.ACTIVE, origin.at)
    else:
        goals.create(transaction, person, keep.goal, keep.understanding, origin.at)
    before = goals.resolution(transaction, person, keep.goal)
    subject = Subject(Rated.RESOLUTION, keep.goal, before.version + 1 if before else 1)
    goals.keep_resolution(transaction, person, stored(subject), keep.resolution, origin)
    return subject


def plan(transaction: Transaction, person: Person, keep: KeepPlan, origin: Origin) -> Subject:
    """Keep an agreed plan as the goal's next version, with its check-ins."""
    was = changing.understood(transaction, person, keep.goal)
    goals.understand(transaction, person, keep.goal, keep.understanding, origin.at)
    memory.told_anew(transaction, person, keep.goal)
    before = plans.newest(transaction, person, keep.goal)
    subject = Subject(Rated.PLAN, keep.goal, before.version + 1 if before else 1)
    plans.keep(transaction, person, stored(subject), keep.plan, origin)
    if before is not None and was is not None:
        old = Side(before.version, was)
        new = Side(subject.version, keep.understanding)
        changing.record(transaction, person, Made(keep.goal, "person"), (old, new), origin)
    people.set_check_in(transaction, person, keep.check_in.when)
    return subject


def check_in(transaction: Transaction, person: Person, keep: KeepCheckIn, _: Origin) -> None:
    """Keep when to ask how it went."""
    people.set_check_in(transaction, person, keep.check_in.when)
