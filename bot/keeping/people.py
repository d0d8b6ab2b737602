"""Keeping what people say about themselves, and the stars they give."""

from dataclasses import replace

from bot.journey.keeps import (
    KeepConsent,
    KeepExamples,
    KeepFeedback,
    KeepLanguage,
    KeepPreferences,
    KeepRating,
    KeepReason,
    KeepZone,
)
from bot.keeping.subjects import stored
from storage import example_consent, people, ratings
from storage import feedback as storage_feedback
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


def consent(transaction: Transaction, person: Person, keep: KeepConsent, origin: Origin) -> None:
    """Keep a consent, with the version of its text."""
    people.consent(transaction, person, keep.version, origin.at)


def examples(transaction: Transaction, person: Person, keep: KeepExamples, origin: Origin) -> None:
    """Keep whether their messages may become examples."""
    answer = example_consent.give if keep.agreed else example_consent.withdraw
    answer(transaction, person, origin.at)


def zone(transaction: Transaction, person: Person, keep: KeepZone, origin: Origin) -> None:
    """Keep where somebody is."""
    people.set_time_zone(transaction, person, keep.zone)
    people.prefer(transaction, person, replace(person.preferences, zone_ask_at=keep.ask_at))


def preferences(transaction: Transaction, person: Person, keep: KeepPreferences, _: Origin) -> None:
    """Keep what somebody prefers."""
    people.prefer(transaction, person, keep.preferences)


def feedback(transaction: Transaction, person: Person, keep: KeepFeedback, origin: Origin) -> None:
    """Keep what somebody thinks of the bot, or of something it made."""
    about = stored(keep.about) if keep.about else None
    storage_feedback.keep(transaction, person, keep.told, origin, about)


def language(transaction: Transaction, person: Person, keep: KeepLanguage, _: Origin) -> None:
    """Keep the language somebody is spoken to in."""
    people.set_language(transaction, person, keep.language)


def rating(transaction: Transaction, person: Person, keep: KeepRating, origin: Origin) -> None:
    """Keep stars, or an answer about another aspect."""
    subject = stored(keep.subject)
    ratings.rate(transaction, person, subject, keep.value, origin.at, keep.aspect)


def reason(transaction: Transaction, person: Person, keep: KeepReason, origin: Origin) -> None:
    """Keep what was off."""
    ratings.explain(transaction, person, stored(keep.subject), keep.reason, origin.at)
