"""Nudges added up: how many of each wording went out, and how many were answered in a day."""

from sqlalchemy import func, select

from coach.samples import Share
from storage.aggregates import grouping
from storage.aggregates.scope import Scope
from storage.tables.lived import NUDGE
from storage.transaction import Transaction

_DAY_MS = 86_400_000


def answered(transaction: Transaction, scope: Scope) -> dict[tuple[str, str], Share]:
    """Tell how many nudges were answered within a day, by kind and wording.

    They count by the time Telegram took them; those it never took nobody saw.
    """
    c = NUDGE.c
    within = grouping.ms_between(transaction, c.answered_at, c.sent_at) <= _DAY_MS
    counted = (
        select(c.kind, c.wording, func.count().filter(within).label("yes"), func.count().label("n"))
        .where(*scope.of(NUDGE, c.sent_at))
        .group_by(c.kind, c.wording)
    )
    return {(row.kind, row.wording): Share(row.yes, row.n) for row in transaction.run(counted)}
