"""A goal with everything it may have, as the coach would make it."""

from datetime import date, time, timedelta

from coach.values import (
    Domain,
    Drafted,
    FoundDate,
    GoalType,
    GoalUnderstanding,
    Plan,
    Quantity,
    Resolution,
    Scores,
    Session,
    Slot,
    Week,
)
from coach.weeks import DayState
from storage import (
    answers,
    changes,
    check_ins,
    conversations,
    evaluations,
    experiments,
    facts,
    feedback,
    goals,
    holds,
    ids,
    ledger,
    messages,
    nudges,
    people,
    plans,
    ratings,
    spend,
    turns,
)
from storage.answers import Answer
from storage.changes import Change
from storage.check_ins import CheckIn
from storage.ledger import Call
from storage.messages import Direction, Message
from storage.nudges import Nudge
from storage.origin import Origin
from storage.people import Person
from storage.spend import Limit
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from storage.turns import Outcome, Turn
from tests.storage.conftest import NOW

TURN = Origin("0193580a-0000-7000-8000-000000000001", NOW, trace_id="0193580a-trace")

UNDERSTANDING = GoalUnderstanding(
    text="Ich will im April 10 km laufen 🏃 — canary-goal",
    domain=Domain.FITNESS,
    goal_type=GoalType.OUTCOME,
    days=(1, 3, 5),
    at=time(7),
    target=Quantity(10, "km"),
    deadline=FoundDate("April", date(2027, 4, 1), date(2027, 4, 30)),
    asked=(Slot.BASELINE,),
)
RESOLUTION = Resolution(
    title="canary-title",
    line="I will run three times a week.",
    measure="3 runs a week",
    cue="it is 07:00",
    action="I put on my shoes",
    minimum="2 minutes",
    first_step="Lay out the shoes",
    first_step_by=date(2026, 11, 24),
    suggestions=("the time",),
)
PLAN = Plan(
    weeks=(
        Week(
            1,
            date(2026, 11, 23),
            "make it easy",
            Quantity(20, "min"),
            "20 min",
            (
                Session(date(2026, 11, 24), time(7), Quantity(20, "min"), "canary-session"),
                Session(date(2026, 11, 26), None, None, "rest"),
            ),
        ),
        Week(2, date(2026, 11, 30), "canary-theme", None, "22 min", milestone="5 km", lighter=True),
    ),
    minimum="2 minutes",
    cue="it is 07:00",
    action="I put on my shoes",
    first_step="Lay out the shoes",
    first_step_by=date(2026, 11, 24),
    review_on=6,
    deadline=date(2027, 4, 30),
    notes=("canary-note",),
)
SCORES = Scores({"specific": 8.0, "measurable": 9.0}, 8.5, {"specific": "canary-reason"})
DRAFTED_RESOLUTION = Drafted(RESOLUTION, SCORES, "rules", "rules-1", trace_id=TURN.trace_id)
DRAFTED_PLAN = Drafted(PLAN, SCORES, "model", "plan-2", variant="warmer/b", trace_id=TURN.trace_id)
EVENINGS = CheckIn("session", time(19, 30), "Europe/Lisbon", frozenset({1, 3, 5}))


def keep_goal(transaction: Transaction, person: Person) -> int:
    """Keep a goal with a resolution and a plan; return its id."""
    goal_id = ids.new()
    goals.create(transaction, person, goal_id, UNDERSTANDING, NOW)
    goals.keep_resolution(transaction, person, resolution(goal_id), DRAFTED_RESOLUTION, TURN)
    plans.keep(transaction, person, plan(goal_id), DRAFTED_PLAN, TURN)
    experiments.assign(transaction, person, {"warmer": "b"}, NOW)
    return goal_id


def resolution(goal_id: int, version: int = 1) -> Subject:
    return Subject(SubjectKind.RESOLUTION, str(goal_id), version)


def plan(goal_id: int, version: int = 1) -> Subject:
    return Subject(SubjectKind.PLAN, str(goal_id), version)


def fill(transaction: Transaction, person: Person) -> int:
    """Leave something in every table that holds a person's rows; return the goal's id."""
    people.consent(transaction, person, "1", NOW)
    conversations.begin(transaction, person, "goal", b"canary-draft", NOW)
    goal_id = keep_goal(transaction, person)
    check_ins.settle(transaction, person, [EVENINGS], NOW)
    nudge = Nudge(f"n:{person.id}", "session", "session.1", NOW.date(), NOW)
    nudges.keep(transaction, person, nudge, TURN)
    change = Change(goal_id, "too_hard", b"canary-evidence", b"canary-before", b"canary-after")
    changes.record(transaction, person, change, TURN)
    hard = Answer(goal_id, NOW.date(), 0, DayState.MISSED, "ti", "canary-note", Quantity(5, "min"))
    answers.keep(transaction, person, hard, TURN)
    facts.keep(transaction, person, goal_id, facts.WHAT_WORKS, "canary-fact", TURN)
    ledger.record(
        transaction, person, Call("plan", "rules", "rules-1", timedelta(milliseconds=3)), TURN
    )
    month = Limit(person.public_id, NOW.date().replace(day=1), 10_000)
    spend.reserve(transaction, [month], 600)
    feedback.keep(transaction, person, "canary-feedback", TURN)
    holds.begin(transaction, person, "self_harm", NOW)
    evaluations.record(transaction, person, plan(goal_id), SCORES, "judge", TURN)
    ratings.rate(transaction, person, plan(goal_id), 5, NOW)
    said = Message(f"in:{person.id}", Direction.IN, "canary-said")
    messages.keep(transaction, person, said, TURN)
    shown = Message(f"out:{person.id}", Direction.OUT, "canary-shown", about=plan(goal_id))
    messages.keep(transaction, person, shown, TURN)
    attempt = Turn("telegram", Outcome.ANSWERED, timedelta(milliseconds=40))
    turns.record(transaction, person, attempt, Origin(f"turn-{person.id}", NOW, "0193580a-trace"))
    return goal_id
