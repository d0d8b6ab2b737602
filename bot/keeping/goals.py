"""Keeping goals: parked ones, resolutions, plans and the check-ins that go with them."""

from datetime import datetime, time, timedelta

from bot.journey.events import Rated, Subject
from bot.journey.keeps import CheckInChoice, KeepCheckIn, KeepParked, KeepPlan, KeepResolution
from bot.keeping import changing, memory
from bot.keeping.changing import Made, Side
from bot.keeping.subjects import stored
from coach.values import GoalUnderstanding, Plan
from storage import check_ins, goals, ids, people, plans
from storage.check_ins import CheckIn
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

EVENING = time(19, 30)
MORNING = time(8, 0)
USUAL_END = time(20, 0)
"""When a session without a time is taken to be over."""

AFTER_SESSION = timedelta(minutes=30)
"""How long after its planned time a session is asked about."""


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
    asked = check_ins_of(keep.goal, keep.plan.work, keep.check_in, person.time_zone)
    check_ins.replace(transaction, person, keep.goal, asked, origin.at)
    return subject


def check_in(transaction: Transaction, person: Person, keep: KeepCheckIn, origin: Origin) -> None:
    """Keep when to ask how it went, for every goal that has a plan."""
    people.set_check_in(transaction, person, keep.check_in.when)
    for goal in goals.of(transaction, person):
        known = plans.newest(transaction, person, goal.id)
        if known is not None and goal.state is goals.GoalState.ACTIVE:
            asked = check_ins_of(goal.id, known.plan, keep.check_in, person.time_zone)
            check_ins.replace(transaction, person, goal.id, asked, origin.at)


def check_ins_of(
    goal_id: int, plan: Plan, choice: CheckInChoice, zone: str | None
) -> list[CheckIn]:
    """Turn the chosen moment into a wall time on the plan's days; none if not wanted."""
    sessions = plan.weeks[0].sessions
    if choice.when == "never" or zone is None:
        return []
    days = {session.on.weekday() for session in sessions} or set(range(7))
    match choice.when:
        case "after":
            latest = max((session.at for session in sessions if session.at), default=USUAL_END)
            at = (datetime.combine(plan.weeks[0].start, latest) + AFTER_SESSION).time()
        case "evening":
            at = EVENING
        case "morning":
            at, days = MORNING, {(day + 1) % 7 for day in days}
        case clock:
            at = time.fromisoformat(clock)
    return [CheckIn(goal_id, "session", at, frozenset(days), zone)]
