"""Keeping everyday life: how days went, what helped, and every change of a plan."""

from bot.journey.events import Rated, Subject
from bot.journey.keeps import KeepAnswer, KeepChange, KeepWhatWorks, WithdrawAnswer
from bot.keeping import changing
from bot.keeping.changing import Made, Side
from bot.keeping.subjects import stored
from storage import answers, facts, goals, plans
from storage.answers import Answer
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


def answer(transaction: Transaction, person: Person, keep: KeepAnswer, origin: Origin) -> Subject:
    """Keep how a session went."""
    told = keep.told
    row = Answer(
        keep.goal, told.on, told.place, told.state, told.reason, keep.note or None, told.amount
    )
    version = answers.keep(transaction, person, row, origin)
    return Subject(Rated.PROGRESS, keep.goal, version, told.on, told.place)


def withdraw(
    transaction: Transaction, person: Person, keep: WithdrawAnswer, origin: Origin
) -> None:
    """Take an answer back."""
    occasion = keep.occasion
    answers.withdraw(transaction, person, occasion.goal, occasion.on, keep.place)


def what_works(
    transaction: Transaction, person: Person, keep: KeepWhatWorks, origin: Origin
) -> None:
    """Keep what helps."""
    facts.keep(transaction, person, keep.goal, facts.WHAT_WORKS, keep.told, origin)


def change(
    transaction: Transaction, person: Person, keep: KeepChange, origin: Origin
) -> Subject | None:
    """Keep the plan's next version, and what led from the one before to it."""
    before = plans.newest(transaction, person, keep.goal)
    known = changing.understood(transaction, person, keep.goal)
    if before is None or known is None:  # the goal was dropped meanwhile
        return None
    subject = Subject(Rated.PLAN, keep.goal, before.version + 1)
    plans.keep(transaction, person, stored(subject), keep.plan, origin)
    goals.understand(transaction, person, keep.goal, keep.understanding, origin.at)
    sides = Side(before.version, known), Side(subject.version, keep.understanding)
    made = Made(keep.goal, keep.trigger, keep.because, keep.week, keep.change)
    changing.record(transaction, person, made, sides, origin)
    return subject
