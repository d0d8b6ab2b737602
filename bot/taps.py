"""Taps about something of somebody's: found to be theirs, completed with what is known of it.

Anybody can send any button's data; what is not theirs, or is there no more, is not taken.
"""

from dataclasses import replace

from bot.journey.events import Criticised, OccasionTapped, Starred, SubjectTapped
from bot.keeping import subjects as named
from storage import goals, messages, ratings, subjects
from storage.people import Person
from storage.transaction import Transaction

Tapped = Starred | Criticised | OccasionTapped | SubjectTapped


def complete(transaction: Transaction, person: Person, tapped: Tapped) -> Tapped | None:
    """Return the tap with what we know; None where it is about nothing of this person's."""
    if isinstance(tapped, OccasionTapped):
        if not goals.is_of(transaction, person, tapped.occasion.goal):
            return None
        shown = messages.shown_in(transaction, person, tapped.message)
        return replace(tapped, shows=named.said(shown) if shown else None)
    subject = named.stored(tapped.subject)
    if subjects.maker(transaction, person.id, subject) is None:
        return None
    if isinstance(tapped, SubjectTapped):
        return replace(tapped, given=ratings.given(transaction, person, subject))
    return tapped
