"""Ratings added up: histograms, and the reasons for few stars.

A rating belongs to the window in which it was first given, as it stands now.
"""

from collections import Counter, defaultdict

from sqlalchemy import func, select

from storage.aggregates import grouping
from storage.aggregates.grouping import Group
from storage.aggregates.scope import Scope
from storage.tables.record import RATING
from storage.transaction import Transaction

KIND, ASPECT = "object_kind", "aspect"
PROMPT_VERSION, VARIANT = "prompt_version", "variant"
"""What ratings can be told apart by, beside the day."""


def tally(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Counter[int]]:
    """Count how often each value was given, for each combination of the columns *by*."""
    moment = RATING.c.created_at
    groups = grouping.columns(RATING, moment, by)
    counted = (
        select(*groups, RATING.c.value, func.count().label("n"))
        .where(*scope.of(RATING, moment))
        .group_by(*groups, RATING.c.value)
    )
    found: dict[Group, Counter[int]] = defaultdict(Counter)
    for row in transaction.run(counted):
        found[grouping.group(row, by)][row.value] = row.n
    return dict(found)


def reasons(transaction: Transaction, scope: Scope) -> dict[str, Counter[str]]:
    """Count the reasons that were tapped, by kind of subject."""
    counted = (
        select(RATING.c.object_kind, RATING.c.reason, func.count().label("n"))
        .where(*scope.of(RATING, RATING.c.created_at), RATING.c.reason.is_not(None))
        .group_by(RATING.c.object_kind, RATING.c.reason)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in transaction.run(counted):
        found[row.object_kind][row.reason] = row.n
    return dict(found)
