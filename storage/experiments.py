"""Experiments: which variant of a prompt somebody has, and which ones were stopped."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from storage.people import Person
from storage.tables.tracing import EXPERIMENT_ASSIGNMENT, VARIANT_STOP
from storage.transaction import Transaction


def assign(
    transaction: Transaction, person: Person, variants: Mapping[str, str], now: datetime
) -> None:
    """Note somebody's variants, by the names of their experiments; the first ones stay."""
    rows = [
        {
            "person_id": person.id,
            "experiment": experiment,
            "variant": variant,
            "assigned_at": now,
        }
        for experiment, variant in variants.items()
    ]
    transaction.add_new(EXPERIMENT_ASSIGNMENT, rows)


def of(transaction: Transaction, person: Person) -> dict[str, str]:
    """Read somebody's variants, by experiment."""
    c = EXPERIMENT_ASSIGNMENT.c
    theirs = select(c.experiment, c.variant).where(c.person_id == person.id)
    return {row.experiment: row.variant for row in transaction.run(theirs)}


def stops(transaction: Transaction) -> dict[tuple[str, str], datetime]:
    """List the variants that were stopped, each after its experiment, and when."""
    rows = transaction.run(select(VARIANT_STOP))
    return {(row.experiment, row.variant): row.stopped_at for row in rows}


def stop(
    transaction: Transaction, experiment: str, variant: str, reason: str, now: datetime
) -> None:
    """Stop a variant for good; a second stop changes nothing."""
    row = {"experiment": experiment, "variant": variant, "reason": reason, "stopped_at": now}
    transaction.add_new(VARIANT_STOP, [row])
