"""Keeping what people say about themselves, and the stars they give."""

from bot.journey.keeps import KeepConsent, KeepLanguage, KeepRating, KeepReason, KeepZone
from bot.keeping.subjects import stored
from storage import people, ratings
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


def consent(transaction: Transaction, person: Person, keep: KeepConsent, origin: Origin) -> None:
    """Keep a consent, with the version of its text."""
    people.consent(transaction, person, keep.version, origin.at)


def zone(transaction: Transaction, person: Person, keep: KeepZone, origin: Origin) -> None:
    """Keep where somebody is."""
    people.set_time_zone(transaction, person, keep.zone)


def language(transaction: Transaction, person: Person, keep: KeepLanguage, _: Origin) -> None:
    """Keep the language somebody is spoken to in."""
    people.set_language(transaction, person, keep.language)


def rating(transaction: Transaction, person: Person, keep: KeepRating, origin: Origin) -> None:
    """Keep stars."""
    ratings.rate(transaction, person, stored(keep.subject), keep.stars, origin.at)


def reason(transaction: Transaction, person: Person, keep: KeepReason, origin: Origin) -> None:
    """Keep what was off."""
    ratings.explain(transaction, person, stored(keep.subject), keep.reason, origin.at)
