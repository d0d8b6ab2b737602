"""Keeping what is remembered of somebody, and forgetting it."""

from dataclasses import replace

from bot.journey.keeps import Forget, KeepFact
from bot.keeping import changing
from coach.memory import Kind
from storage import facts, goals
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

_TOLD_OF_GOALS = [Kind.WHY, Kind.OBSTACLE, Kind.DAYS, Kind.TIME]
"""What a goal is understood by; told anew, it counts again."""


def fact(transaction: Transaction, person: Person, keep: KeepFact, origin: Origin) -> None:
    """Keep what somebody added by hand."""
    facts.keep(transaction, person, None, facts.OWN, keep.told, origin)


def forget(transaction: Transaction, person: Person, keep: Forget, origin: Origin) -> None:
    """Delete a fact; what would be concluded again is noted as forgotten."""
    kind, number = keep.fact.kind, keep.fact.number
    if kind is Kind.OWN:
        facts.drop(transaction, person, number)
        return
    facts.drop_kind(transaction, person, number, [kind])
    known = changing.understood(transaction, person, number)
    if kind is Kind.WHAT_WORKS or known is None:
        return
    facts.keep(transaction, person, number, kind, "", origin)
    if kind in {Kind.WHY, Kind.OBSTACLE}:  # their own words
        without = replace(known, **{kind.value: None})
        goals.understand(transaction, person, number, without, origin.at)


def told_anew(transaction: Transaction, person: Person, goal_id: int) -> None:
    """Use again what a goal is understood by: the person has just agreed to it."""
    facts.drop_kind(transaction, person, goal_id, list(_TOLD_OF_GOALS))
