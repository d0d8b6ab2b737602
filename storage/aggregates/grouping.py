"""Grouping: by which columns rows are added up, and what is known of each group's values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Label, Select, Table, cast, func, select

from coach.samples import ENOUGH, Sample
from storage.transaction import Transaction

DAY = "day"
"""The day in UTC, as "2026-11-23"; what any table can be grouped by."""

ENOUGH_FOR_P95 = 20
"""The fewest values of which one in twenty can be told apart from the largest."""

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in milliseconds: their sample, and percentiles by nearest rank.

    A percentile is None where there are too few values to tell it.
    """

    sample: Sample = field(default_factory=Sample)
    p50: int | None = None
    p95: int | None = None


def columns(table: Table, moment: ColumnElement[datetime], by: Iterable[str]) -> list[Label[Any]]:
    """Name the columns of a table to group by; `DAY` is that of *moment*."""
    return [(func.date(moment) if name == DAY else table.c[name]).label(name) for name in by]


def group(row: Any, by: Sequence[str]) -> Group:
    """Read which group a row is about, from its first columns."""
    return tuple(str(value) for value in tuple(row)[: len(by)])


def sums(value: ColumnElement[Any]) -> list[Label[Any]]:
    """Add up what a `Sample` is made of, in floating point: squares outgrow whole numbers."""
    exact = cast(value, Float)
    return [
        func.count(value).label("n"),
        func.coalesce(func.sum(exact), 0.0).label("total"),
        func.coalesce(func.sum(exact * exact), 0.0).label("squares"),
    ]


def sample(row: Any) -> Sample:
    """Read what `sums` added up."""
    return Sample(row.n, row.total, row.squares)


def ms_between(
    transaction: Transaction, later: ColumnElement[Any], earlier: ColumnElement[Any]
) -> ColumnElement[Any]:
    """Subtract times, which SQLite keeps as text and knows to a few hundredths of a millisecond."""
    if transaction.connection.dialect.name == "sqlite":
        return func.round((func.julianday(later) - func.julianday(earlier)) * 86_400_000)
    return func.round(cast(func.extract("epoch", later - earlier), Float) * 1_000)


def spreads(
    transaction: Transaction, values: Select[Any], by: Sequence[str] = ()
) -> dict[Group, Spread]:
    """Tell the spread of the column `value` of a query, for each combination of *by*."""
    given = values.subquery()
    groups = [given.c[name] for name in by]
    within: dict[str, Any] = {"partition_by": groups} if groups else {}
    place = func.row_number().over(order_by=given.c.value, **within)
    ranked = select(
        *groups, given.c.value, place.label("place"), func.count().over(**within).label("all")
    ).subquery()
    value, groups = ranked.c.value, [ranked.c[name] for name in by]

    def percentile(percent: int) -> ColumnElement[Any]:
        rank = (ranked.c.all * percent + 99) // 100
        return func.max(value).filter(ranked.c.place == rank).label(f"p{percent}")

    counted = select(*groups, *sums(value), percentile(50), percentile(95)).group_by(*groups)
    rows = transaction.run(counted).all()
    return {group(row, by): _spread(row) for row in rows if row.n}


def _spread(row: Any) -> Spread:
    p50 = round(row.p50) if row.n >= ENOUGH else None
    p95 = round(row.p95) if row.n >= ENOUGH_FOR_P95 else None
    return Spread(sample(row), p50, p95)
