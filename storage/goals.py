"""Goals: what somebody wants, as understood, and the resolutions made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from coach.values import Drafted, GoalUnderstanding, Resolution
from storage import evaluations, subjects
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject
from storage.tables.goals import GOAL, RESOLUTION
from storage.transaction import Transaction


class GoalState(StrEnum):
    """Where a goal stands in somebody's life."""

    ACTIVE = "active"
    PARKED = "parked"
    HABIT = "habit"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of somebody's."""

    id: int
    state: GoalState
    understanding: GoalUnderstanding
    created_at: datetime
    kept_since: date | None = None


@dataclass(frozen=True, slots=True)
class KeptResolution:
    """A resolution and the version it was kept as."""

    version: int
    resolution: Resolution


def create(
    transaction: Transaction,
    person: Person,
    goal_id: int,
    understanding: GoalUnderstanding,
    now: datetime,
) -> None:
    """Keep a new goal, active, under an id from `storage.ids`."""
    row = {
        "id": goal_id,
        "person_id": person.id,
        "state": GoalState.ACTIVE,
        "understanding": person.words(str(goal_id), _understandings().dump_json(understanding)),
        "created_at": now,
        "updated_at": now,
    }
    transaction.run(insert(GOAL).values(row))


def understand(
    transaction: Transaction,
    person: Person,
    goal_id: int,
    understanding: GoalUnderstanding,
    now: datetime,
) -> None:
    """Keep what is understood of a goal by now."""
    words = person.words(str(goal_id), _understandings().dump_json(understanding))
    _change(transaction, person, goal_id, understanding=words, updated_at=now)


def move(
    transaction: Transaction,
    person: Person,
    goal_id: int,
    state: GoalState,
    now: datetime,
    kept_since: date | None = None,
) -> None:
    """Note where a goal stands from now on; one that is done may be kept since a day."""
    _change(transaction, person, goal_id, state=state, kept_since=kept_since, updated_at=now)


def arrange(transaction: Transaction, person: Person, goal_ids: Sequence[int]) -> None:
    """Note the order of goals, what comes first first; goals not named come after them."""
    for place, goal_id in enumerate(goal_ids):
        _change(transaction, person, goal_id, place=place)


def drop(transaction: Transaction, person: Person, goal_id: int) -> None:
    """Delete a goal with its resolutions, plans, check-ins, changes, scores, ratings, comments."""
    subjects.forget(transaction, person.id, goal_id)
    transaction.run(delete(GOAL).where(GOAL.c.id == goal_id, GOAL.c.person_id == person.id))


def of(transaction: Transaction, person: Person) -> list[Goal]:
    """List somebody's goals in their order: by place, then the oldest first."""
    rows = transaction.run(
        select(GOAL)
        .where(GOAL.c.person_id == person.id)
        .order_by(GOAL.c.place.is_(None), GOAL.c.place, GOAL.c.created_at, GOAL.c.id)
    )
    return [
        Goal(
            id=row.id,
            state=GoalState(row.state),
            understanding=_understandings().validate_json(
                row.understanding.open(person.key, str(row.id))
            ),
            created_at=row.created_at,
            kept_since=row.kept_since,
        )
        for row in rows
    ]


def is_of(transaction: Transaction, person: Person, goal_id: int) -> bool:
    """Tell whether a goal is somebody's."""
    theirs = select(GOAL.c.id).where(GOAL.c.id == goal_id, GOAL.c.person_id == person.id)
    return transaction.run(theirs).scalar() is not None


def keep_resolution(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    drafted: Drafted[Resolution],
    origin: Origin,
) -> None:
    """Keep one version of a goal's resolution, with its pedigree and its scores."""
    goal_id, version = int(subject.id), subject.version
    row = {
        "goal_id": goal_id,
        "version": version,
        "person_id": person.id,
        "body": person.words(_identity(goal_id, version), _resolutions().dump_json(drafted.work)),
        "mode": drafted.mode,
        "prompt_version": drafted.prompt_version,
        "variant": drafted.variant,
        "turn_id": origin.turn_id,
        "trace_id": drafted.trace_id,
        "created_at": origin.at,
    }
    transaction.run(insert(RESOLUTION).values(row))
    evaluations.record_draft(transaction, person, subject, drafted, origin)


def resolution(
    transaction: Transaction, person: Person, goal_id: int, version: int | None = None
) -> KeptResolution | None:
    """Read one version of a goal's resolution; the newest unless another is named."""
    which = _is_newest() if version is None else RESOLUTION.c.version == version
    return _read(transaction, person, RESOLUTION.c.goal_id == goal_id, which).get(goal_id)


def resolutions(transaction: Transaction, person: Person) -> dict[int, KeptResolution]:
    """Read the newest resolution of each goal of theirs, by goal, in one statement."""
    return _read(transaction, person, _is_newest())


def _read(
    transaction: Transaction, person: Person, *which: ColumnElement[bool]
) -> dict[int, KeptResolution]:
    theirs = select(RESOLUTION.c.goal_id, RESOLUTION.c.version, RESOLUTION.c.body).where(
        RESOLUTION.c.person_id == person.id, *which
    )
    return {
        row.goal_id: KeptResolution(
            row.version,
            _resolutions().validate_json(
                row.body.open(person.key, _identity(row.goal_id, row.version))
            ),
        )
        for row in transaction.run(theirs)
    }


def _is_newest() -> ColumnElement[bool]:
    newer = RESOLUTION.alias()
    newest = select(func.max(newer.c.version)).where(newer.c.goal_id == RESOLUTION.c.goal_id)
    return RESOLUTION.c.version == newest.scalar_subquery()


def _change(transaction: Transaction, person: Person, goal_id: int, **values: Any) -> None:
    theirs = update(GOAL).where(GOAL.c.id == goal_id, GOAL.c.person_id == person.id)
    transaction.run(theirs.values(values))


def _identity(goal_id: int, version: int) -> str:
    return f"{goal_id}:{version}"


@cache
def _understandings() -> TypeAdapter[GoalUnderstanding]:
    return TypeAdapter(GoalUnderstanding)


@cache
def _resolutions() -> TypeAdapter[Resolution]:
    return TypeAdapter(Resolution)
