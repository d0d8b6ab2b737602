"""Plans: each version of a goal's plan, with a row a week and a row a session.

Numbers, dates and wall times stand in columns of their own, for those who ask what is
due; everything that was worded stands in the sealed bodies. Together they are the
coach's `Plan` again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, insert, select

from coach.values import Drafted, Plan
from storage import evaluations, ids
from storage.columns import SealedWords
from storage.keys import Words
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject
from storage.tables.goals import PLAN, PLAN_SESSION, PLAN_WEEK
from storage.transaction import Transaction

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan and the version it was kept as."""

    version: int
    plan: Plan


def keep(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    drafted: Drafted[Plan],
    origin: Origin,
) -> None:
    """Keep one version of a goal's plan, with its weeks, pedigree and scores."""
    body: Fields = _plans().dump_python(drafted.work)
    weeks: Iterable[Fields] = body.pop("weeks")
    row = {
        "goal_id": int(subject.id),
        "version": subject.version,
        "person_id": person.id,
        "body": _sealed(person, f"{subject.id}:{subject.version}", body),
        "mode": drafted.mode,
        "prompt_version": drafted.prompt_version,
        "variant": drafted.variant,
        "turn_id": origin.turn_id,
        "trace_id": drafted.trace_id,
        "created_at": origin.at,
    }
    transaction.run(insert(PLAN).values(row))
    for week in weeks:
        _keep_week(transaction, person, subject, week)
    evaluations.record_draft(transaction, person, subject, drafted, origin)


def newest(transaction: Transaction, person: Person, goal_id: int) -> KeptPlan | None:
    """Read the newest version of a goal's plan."""
    return _read(transaction, person, PLAN.c.goal_id == goal_id, _is_newest()).get(goal_id)


def newest_of_each(transaction: Transaction, person: Person) -> dict[int, KeptPlan]:
    """Read the newest plan of each goal of theirs, by goal, in three statements at most."""
    return _read(transaction, person, _is_newest())


def at(transaction: Transaction, person: Person, goal_id: int, version: int) -> KeptPlan | None:
    """Read one version of a goal's plan."""
    which = PLAN.c.goal_id == goal_id, PLAN.c.version == version
    return _read(transaction, person, *which).get(goal_id)


def _read(
    transaction: Transaction, person: Person, *which: ColumnElement[bool]
) -> dict[int, KeptPlan]:
    """Read one version of each goal's plan that is meant."""
    theirs = (PLAN.c.person_id == person.id, *which)
    rows = transaction.run(select(PLAN.c.goal_id, PLAN.c.version, PLAN.c.body).where(*theirs)).all()
    weeks = _weeks(transaction, person, theirs) if rows else {}
    found: dict[int, KeptPlan] = {}
    for row in rows:
        body = _opened(person, f"{row.goal_id}:{row.version}", row.body)
        whole = {**body, "weeks": weeks.get(row.goal_id, [])}
        found[row.goal_id] = KeptPlan(row.version, _plans().validate_python(whole))
    return found


def _is_newest() -> ColumnElement[bool]:
    newer = PLAN.alias()
    newest = select(func.max(newer.c.version)).where(newer.c.goal_id == PLAN.c.goal_id)
    return PLAN.c.version == newest.scalar_subquery()


def _keep_week(transaction: Transaction, person: Person, subject: Subject, week: Fields) -> None:
    week_id = ids.new()
    sessions: Iterable[Fields] = week.pop("sessions")
    row = {
        "id": week_id,
        "goal_id": int(subject.id),
        "plan_version": subject.version,
        "number": week.pop("number"),
        "start": week.pop("start"),
        "body": _sealed(person, str(week_id), week),
    }
    transaction.run(insert(PLAN_WEEK).values(row))
    rows = [_session_row(person, week_id, *numbered) for numbered in enumerate(sessions)]
    if rows:
        transaction.run(insert(PLAN_SESSION), rows)


def _session_row(person: Person, week_id: int, position: int, session: Fields) -> Fields:
    session_id = ids.new()
    return {
        "id": session_id,
        "week_id": week_id,
        "position": position,
        "on_date": session.pop("on"),
        "at_time": session.pop("at"),
        "body": _sealed(person, str(session_id), session),
    }


def _weeks(
    transaction: Transaction, person: Person, of_plans: Sequence[ColumnElement[bool]]
) -> dict[int, list[Fields]]:
    """Read the weeks of plans in their order, by goal."""
    sessions = (
        select(PLAN_SESSION).select_from(PLAN_SESSION.join(PLAN_WEEK).join(PLAN)).where(*of_plans)
    )
    by_week: dict[int, list[Fields]] = {}
    for row in transaction.run(sessions.order_by(PLAN_SESSION.c.position)):
        body = _opened(person, str(row.id), row.body)
        session = {**body, "on": row.on_date, "at": row.at_time}
        by_week.setdefault(row.week_id, []).append(session)
    weeks = (
        select(PLAN_WEEK)
        .select_from(PLAN_WEEK.join(PLAN))
        .where(*of_plans)
        .order_by(PLAN_WEEK.c.number)
    )
    found: dict[int, list[Fields]] = {}
    for row in transaction.run(weeks):
        body = _opened(person, str(row.id), row.body)
        numbered = {"number": row.number, "start": row.start, "sessions": by_week.get(row.id, [])}
        found.setdefault(row.goal_id, []).append({**body, **numbered})
    return found


def _sealed(person: Person, row: str, fields: Fields) -> Words:
    return person.words(row, json.dumps(fields, default=str).encode())


def _opened(person: Person, row: str, body: SealedWords) -> Fields:
    return json.loads(body.open(person.key, row))


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)
