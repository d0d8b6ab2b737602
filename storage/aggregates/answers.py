"""Answers added up: how sessions went, as people told it.

An answer belongs to the window in which it was last told, and counts once, as it stands now.
"""

from collections import Counter

from sqlalchemy import func, select

from coach.weeks import DayState
from storage.aggregates.scope import Scope
from storage.tables.lived import CHECK_IN_ANSWER
from storage.transaction import Transaction


def by_state(transaction: Transaction, scope: Scope) -> Counter[DayState]:
    """Count the sessions told of; what was not due or not answered is told of nowhere."""
    c = CHECK_IN_ANSWER.c
    counted = (
        select(c.state, func.count().label("n"))
        .where(*scope.of(CHECK_IN_ANSWER, c.answered_at))
        .group_by(c.state)
    )
    return Counter({DayState(row.state): row.n for row in transaction.run(counted)})
