"""Tables about goals: what is wanted, what was agreed, and what is planned week by week."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, code, drawn, number, owner, when, words


def _goal(*, key: bool = False) -> int:
    return Field(
        foreign_key="goal.id",
        ondelete="CASCADE",
        sa_type=BigInteger,
        primary_key=key,
        index=not key,
        sa_column_kwargs={"autoincrement": False},
    )


def _version() -> int:
    return Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class Goal(Row, table=True):
    """A goal: what the coach understood of it, the person's own words included.

    Not even its domain is kept in clear: that alone can tell of somebody's health.
    """

    id: int = drawn()
    person_id: int = owner()
    state: str = Field(max_length=16)
    place: int | None = None  # in the order of what comes first; none: after those that have one
    understanding: SealedWords = words("goal.understanding")
    kept_since: date | None = None  # the person's day from which a goal that is done is kept
    created_at: datetime = when()
    updated_at: datetime = when()


class Resolution(Row, table=True):
    """One version of a goal's resolution, with its pedigree."""

    goal_id: int = _goal(key=True)
    version: int = _version()
    person_id: int = owner()
    body: SealedWords = words("resolution.body")
    mode: str = Field(max_length=16)
    prompt_version: str = Field(max_length=64)
    variant: str = code()
    turn_id: str = Field(max_length=36, index=True)
    trace_id: str | None = Field(default=None, max_length=36)
    created_at: datetime = when()


class Plan(Row, table=True):
    """One version of a goal's plan, without its weeks."""

    goal_id: int = _goal(key=True)
    version: int = _version()
    person_id: int = owner()
    body: SealedWords = words("plan.body")
    mode: str = Field(max_length=16)
    prompt_version: str = Field(max_length=64)
    variant: str = code()
    turn_id: str = Field(max_length=36, index=True)
    trace_id: str | None = Field(default=None, max_length=36)
    created_at: datetime = when()


class PlanWeek(Row, table=True):
    """One week of a plan."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["goal_id", "plan_version"], ["plan.goal_id", "plan.version"], ondelete="CASCADE"
        ),
    )

    id: int = drawn()
    goal_id: int = Field(sa_type=BigInteger)
    plan_version: int
    number: int
    start: date
    body: SealedWords = words("plan_week.body")


class PlanSession(Row, table=True):
    """One session of a week: a wall time where the person is, and what to do."""

    id: int = drawn()
    week_id: int = Field(
        foreign_key="plan_week.id", ondelete="CASCADE", sa_type=BigInteger, index=True
    )
    position: int
    on_date: date
    at_time: time | None = None
    body: SealedWords = words("plan_session.body")


class CheckIn(Row, table=True):
    """When to look whether somebody is to be asked: at a wall time where they are.

    On some weekdays, or on one day; all of it is derived from goals, plans and preferences.
    """

    id: int = number()
    person_id: int = owner()
    kind: str = Field(max_length=16)
    local_time: time
    weekdays: str = Field(max_length=7)  # digits, 0 is Monday
    on_date: date | None = None
    time_zone: str = Field(max_length=64)
    next_due_at: datetime | None = when(optional=True)
    created_at: datetime = when()


class Change(Row, table=True):
    """A change of a plan: what set it off, and what was before and after."""

    id: int = drawn()
    person_id: int = owner()
    goal_id: int = _goal()
    trigger: str = Field(max_length=32)
    evidence: SealedWords = words("change.evidence")
    before: SealedWords = words("change.before")
    after: SealedWords = words("change.after")
    turn_id: str = Field(max_length=36)
    changed_at: datetime = when()


GOAL = METADATA.tables["goal"]
RESOLUTION = METADATA.tables["resolution"]
PLAN = METADATA.tables["plan"]
PLAN_WEEK = METADATA.tables["plan_week"]
PLAN_SESSION = METADATA.tables["plan_session"]
CHECK_IN = METADATA.tables["check_in"]
CHANGE = METADATA.tables["change"]

Index(None, PLAN_WEEK.c.goal_id, PLAN_WEEK.c.plan_version)
Index(None, CHECK_IN.c.next_due_at)
