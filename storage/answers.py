"""Answers to check-ins: how each session of a goal's day went, corrected as often as needed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from coach.values import Quantity
from coach.weeks import DayState
from storage import subjects
from storage.columns import SealedWords
from storage.origin import Origin
from storage.people import Person
from storage.tables.lived import CHECK_IN_ANSWER
from storage.transaction import Transaction

DERIVED = (DayState.NOT_DUE, DayState.UNANSWERED)
"""What follows from the plan and is never stored."""


class NotAnAnswerError(ValueError):
    """A state was to be kept that nobody can answer; our fault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a session went: the *place*-th of that local day; *version* counts corrections."""

    goal_id: int
    on: date
    place: int
    state: DayState
    reason: str | None = None
    note: str | None = None
    amount: Quantity | None = None
    version: int = 1


def keep(transaction: Transaction, person: Person, answer: Answer, origin: Origin) -> int:
    """Keep an answer, or correct the one there is; return its version."""
    if answer.state in DERIVED:
        raise NotAnAnswerError(answer.state)
    row = _row(person, answer, origin)
    before = select(CHECK_IN_ANSWER.c.version).where(_of(person, answer))
    version = (transaction.run(before).scalar() or 0) + 1
    if version > 1:
        changed = update(CHECK_IN_ANSWER).where(_of(person, answer))
        transaction.run(changed.values({**row, "version": version}))
    else:
        transaction.run(insert(CHECK_IN_ANSWER).values({**row, "version": version}))
    return version


def withdraw(transaction: Transaction, person: Person, goal_id: int, on: date, place: int) -> None:
    """Take an answer back with what was said of it, as if it had never been given."""
    subjects.forget_progress(transaction, person.id, subjects.progress_id(goal_id, on, place))
    at = Answer(goal_id, on, place, DayState.SKIPPED)
    transaction.run(delete(CHECK_IN_ANSWER).where(_of(person, at)))


def of_goal(transaction: Transaction, person: Person, goal_id: int) -> list[Answer]:
    """List the answers about a goal, in the order of their days."""
    return of_goals(transaction, person, (goal_id,)).get(goal_id, [])


def of_goals(
    transaction: Transaction, person: Person, goal_ids: Collection[int]
) -> dict[int, list[Answer]]:
    """List the answers about goals, by goal, in the order of their days."""
    table = CHECK_IN_ANSWER.c
    theirs = select(CHECK_IN_ANSWER).where(
        table.goal_id.in_(goal_ids), table.person_id == person.id
    )
    found: dict[int, list[Answer]] = {}
    for row in transaction.run(theirs.order_by(table.on_date, table.place)):
        found.setdefault(row.goal_id, []).append(_read(person, row))
    return found


def _read(person: Person, row: Any) -> Answer:
    name = _name(row.goal_id, row.on_date, row.place)
    note, amount = _opened(person, name, row.note), _opened(person, name, row.amount)
    return Answer(
        row.goal_id,
        row.on_date,
        row.place,
        DayState(row.state),
        row.reason,
        note.decode() if note else None,
        _amounts().validate_json(amount) if amount else None,
        row.version,
    )


def _row(person: Person, answer: Answer, origin: Origin) -> dict[str, object]:
    name = _name(answer.goal_id, answer.on, answer.place)
    amount = _amounts().dump_json(answer.amount) if answer.amount else None
    return {
        "goal_id": answer.goal_id,
        "on_date": answer.on,
        "place": answer.place,
        "person_id": person.id,
        "state": answer.state,
        "reason": answer.reason,
        "note": person.words(name, answer.note.encode()) if answer.note else None,
        "amount": person.words(name, amount) if amount else None,
        "turn_id": origin.turn_id,
        "answered_at": origin.at,
    }


def _of(person: Person, answer: Answer) -> ColumnElement[bool]:
    table = CHECK_IN_ANSWER.c
    return and_(
        table.person_id == person.id,
        table.goal_id == answer.goal_id,
        table.on_date == answer.on,
        table.place == answer.place,
    )


def _name(goal_id: int, on: date, place: int) -> str:
    return f"{goal_id}:{on}:{place}"


def _opened(person: Person, name: str, sealed: SealedWords | None) -> bytes | None:
    return sealed.open(person.key, name) if sealed else None


@cache
def _amounts() -> TypeAdapter[Quantity]:
    return TypeAdapter(Quantity)
