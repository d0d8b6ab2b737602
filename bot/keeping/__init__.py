"""Keeping: the rows that a turn's effects write, inside its one transaction.

Each kind of `Keep` has one keeper here; one that makes something to rate returns its subject.
"""

from collections.abc import Callable, Iterable
from typing import Any

from bot.journey.effects import Effect
from bot.journey.events import Rated, Subject
from bot.journey.keeps import (
    DropGoal,
    Forget,
    Keep,
    KeepAnswer,
    KeepChange,
    KeepCheckIn,
    KeepConsent,
    KeepExamples,
    KeepFact,
    KeepFeedback,
    KeepHold,
    KeepLanguage,
    KeepOrder,
    KeepParked,
    KeepPlan,
    KeepPreferences,
    KeepQuestion,
    KeepRating,
    KeepReason,
    KeepResolution,
    KeepRestored,
    KeepReturn,
    KeepStanding,
    KeepTalk,
    KeepWhatWorks,
    KeepZone,
    WithdrawAnswer,
)
from bot.keeping import days, goals, memory, owned, people, safety
from bot.keeping.subjects import stored
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

__all__ = ["KEEPERS", "keep", "stored"]

Keeper = Callable[[Transaction, Person, Any, Origin], Subject | None]

KEEPERS: dict[type[Keep], Keeper] = {
    KeepConsent: people.consent,
    KeepExamples: people.examples,
    KeepZone: people.zone,
    KeepLanguage: people.language,
    KeepPreferences: people.preferences,
    KeepFeedback: people.feedback,
    KeepCheckIn: goals.check_in,
    KeepOrder: owned.order,
    KeepStanding: owned.standing,
    DropGoal: owned.drop,
    KeepRestored: owned.restored,
    KeepReturn: owned.returned,
    KeepRating: people.rating,
    KeepReason: people.reason,
    KeepParked: goals.park,
    KeepResolution: goals.resolution,
    KeepPlan: goals.plan,
    KeepHold: safety.hold,
    KeepQuestion: safety.question,
    KeepTalk: safety.talk,
    KeepAnswer: days.answer,
    WithdrawAnswer: days.withdraw,
    KeepWhatWorks: days.what_works,
    KeepFact: memory.fact,
    Forget: memory.forget,
    KeepChange: days.change,
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
