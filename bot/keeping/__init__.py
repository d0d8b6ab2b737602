"""Keeping: the rows that a turn's effects write, inside its one transaction.

Each kind of `Keep` has one keeper here; one that makes something to rate returns its subject.
"""

from collections.abc import Callable, Iterable
from typing import Any

from bot.journey.effects import Effect
from bot.journey.events import Rated, Subject
from bot.journey.keeps import (
    Keep,
    KeepConsent,
    KeepLanguage,
    KeepParked,
    KeepPlan,
    KeepRating,
    KeepReason,
    KeepResolution,
    KeepZone,
)
from bot.keeping import goals, people
from bot.keeping.subjects import stored
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

__all__ = ["KEEPERS", "keep", "stored"]

Keeper = Callable[[Transaction, Person, Any, Origin], Subject | None]

KEEPERS: dict[type[Keep], Keeper] = {
    KeepConsent: people.consent,
    KeepZone: people.zone,
    KeepLanguage: people.language,
    KeepRating: people.rating,
    KeepReason: people.reason,
    KeepParked: goals.park,
    KeepResolution: goals.resolution,
    KeepPlan: goals.plan,
}


def keep(
    transaction: Transaction, person: Person, effects: Iterable[Effect], origin: Origin
) -> dict[Rated, Subject]:
    """Write what is to be kept; tell which subjects there are to rate now."""
    kept: dict[Rated, Subject] = {}
    for effect in effects:
        if isinstance(effect, Keep):
            subject = KEEPERS[type(effect)](transaction, person, effect, origin)
            if subject is not None:
                kept[subject.rated] = subject
    return kept
