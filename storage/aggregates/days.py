"""Answers to check-ins added up: how planned days went, and what got in the way.

A day is the person's own local one.
"""

from collections import Counter

from sqlalchemy import ColumnElement, func, select

from coach.weeks import DayState
from storage.aggregates.scope import Scope
from storage.tables.lived import CHECK_IN_ANSWER
from storage.transaction import Transaction


def states(transaction: Transaction, scope: Scope) -> Counter[DayState]:
    """Count the sessions that were told of, by how they went."""
    counted = _count(transaction, scope, CHECK_IN_ANSWER.c.state)
    return Counter({DayState(state): n for state, n in counted.items()})


def reasons(transaction: Transaction, scope: Scope) -> Counter[str]:
    """Count what got in the way, by its code."""
    return _count(transaction, scope, CHECK_IN_ANSWER.c.reason)


def _count(transaction: Transaction, scope: Scope, column: ColumnElement[str]) -> Counter[str]:
    c, window = CHECK_IN_ANSWER.c, scope.window
    counted = (
        select(column.label("name"), func.count().label("n"))
        .where(c.on_date >= window.start.date(), c.on_date < window.end.date())
        .where(column.is_not(None))
        .group_by(column)
    )
    if scope.person is not None:
        counted = counted.where(c.person_id == scope.person.id)
    return Counter({row.name: row.n for row in transaction.run(counted)})
