"""Turns added up: what became of them, how long people waited, what tracing took."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, select

from coach.values import MODEL, RULES
from storage import inbox
from storage.aggregates import grouping
from storage.aggregates.calls import JUDGING
from storage.aggregates.grouping import Group, Spread
from storage.aggregates.scope import Scope
from storage.messages import Direction
from storage.tables.people import PERSON
from storage.tables.record import MESSAGE, MODEL_CALL, TURN
from storage.transaction import Transaction
from storage.turns import Outcome

MODE = "mode"
"""What waiting times can be told apart by, beside the day: `MODEL` where one was asked."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """Traced turns: how many, how long they took, and how much of it went into the traces."""

    n: int
    turns_ms: int
    traces_us: int


def outcomes(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Counter[Outcome]]:
    """Count attempts at turns by what became of them, for each combination of *by*."""
    groups = grouping.columns(TURN, TURN.c.at, by)
    counted = (
        select(*groups, TURN.c.outcome, func.count().label("n"))
        .where(*scope.of(TURN, TURN.c.at))
        .group_by(*groups, TURN.c.outcome)
    )
    found: dict[Group, Counter[Outcome]] = {}
    for row in transaction.run(counted):
        found.setdefault(grouping.group(row, by), Counter())[Outcome(row.outcome)] = row.n
    return found


def errors(transaction: Transaction, scope: Scope) -> Counter[str]:
    """Count what made attempts fail, by its kind."""
    counted = (
        select(TURN.c.error, func.count().label("n"))
        .where(*scope.of(TURN, TURN.c.at), TURN.c.error.is_not(None))
        .group_by(TURN.c.error)
    )
    return Counter({row.error: row.n for row in transaction.run(counted)})


def waits(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Spread]:
    """Tell how long people waited for the first message of an answer, from what they sent on.

    Left out are answers that were not sent yet, and those whose words are not kept: around
    danger, and after 90 days.
    """
    message = MESSAGE.c
    first, came = func.min(message.sent_at), func.min(message.at)
    answers = (
        select(message.turn_id, grouping.ms_between(transaction, first, came).label("value"))
        .where(*scope.of(MESSAGE, message.at), message.sent_at.is_not(None))
        .where(message.direction == Direction.OUT)
        .group_by(message.turn_id)
    ).subquery()
    known = {grouping.DAY: func.date(TURN.c.at), MODE: case((_asked(), MODEL), else_=RULES)}
    values = (
        select(*(known[name].label(name) for name in by), answers.c.value)
        .join_from(answers, TURN, TURN.c.id == answers.c.turn_id)
        .where(TURN.c.source == inbox.TELEGRAM)
    )
    return grouping.spreads(transaction, values, by)


def tracing(transaction: Transaction, scope: Scope) -> Tracing:
    """Add up what traced turns took, and their traces."""
    c = TURN.c
    added = select(
        func.count(c.trace_us),
        func.coalesce(func.sum(c.took_ms), 0),
        func.coalesce(func.sum(c.trace_us), 0),
    ).where(*scope.of(TURN, c.at), c.trace_us.is_not(None))
    return Tracing(*(int(figure) for figure in transaction.run(added).one()))


def active(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, int]:
    """Count the people who wrote or tapped, for each combination of *by*."""
    groups = grouping.columns(TURN, TURN.c.at, by)
    counted = (
        select(*groups, func.count(TURN.c.person_id.distinct()).label("n"))
        .where(*scope.of(TURN, TURN.c.at), TURN.c.source == inbox.TELEGRAM)
        .group_by(*groups)
    )
    return {grouping.group(row, by): row.n for row in transaction.run(counted)}


def since(transaction: Transaction) -> datetime | None:
    """Tell when the first turn on record was; None without one."""
    return transaction.run(select(func.min(TURN.c.at))).scalar()


def newcomers(transaction: Transaction, scope: Scope) -> int:
    """Count the people who first came in a window."""
    came = select(func.count()).where(scope.window.holds(PERSON.c.created_at))
    if scope.person is not None:
        came = came.where(PERSON.c.id == scope.person.id)
    return transaction.run(came).scalar_one()


def _asked() -> ColumnElement[bool]:
    """Say in SQL whether a model was asked in a turn; its judge, for whom nobody waits, apart."""
    c = MODEL_CALL.c
    waited_for = ~c.step.startswith(JUDGING)
    return exists().where(c.turn_id == TURN.c.id, c.mode == MODEL, waited_for)
