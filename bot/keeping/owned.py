"""Keeping what a person does with their goals: their order, where they stand, what they undo."""

from dataclasses import replace

from bot.journey.events import Rated, Subject
from bot.journey.keeps import DropGoal, KeepOrder, KeepRestored, KeepReturn, KeepStanding
from bot.keeping import changing
from bot.keeping.changing import Made, Side
from bot.keeping.subjects import stored
from coach.rules import returning, scores
from coach.values import RULES, Drafted, Plan
from storage import goals, pedigree, plans
from storage.goals import GoalState
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


def order(transaction: Transaction, person: Person, keep: KeepOrder, _: Origin) -> None:
    """Keep what comes first."""
    goals.arrange(transaction, person, keep.goals)


def standing(transaction: Transaction, person: Person, keep: KeepStanding, origin: Origin) -> None:
    """Keep where a goal stands."""
    state = GoalState(keep.state)
    goals.move(transaction, person, keep.goal, state, origin.at, keep.kept_since)


def drop(transaction: Transaction, person: Person, keep: DropGoal, _: Origin) -> None:
    """Delete a goal for good."""
    goals.drop(transaction, person, keep.goal)


def restored(transaction: Transaction, person: Person, keep: KeepRestored, origin: Origin) -> None:
    """Keep a plan that was there before, or was moved, as the next version, and the change."""
    was = changing.understood(transaction, person, keep.goal)
    before = plans.newest(transaction, person, keep.goal)
    if was is None or before is None:  # deleted meanwhile
        return
    subject = Subject(Rated.PLAN, keep.goal, before.version + 1)
    plans.keep(
        transaction, person, stored(subject), _made(transaction, person, keep, origin), origin
    )
    goals.understand(transaction, person, keep.goal, keep.understanding, origin.at)
    sides = Side(before.version, was), Side(subject.version, keep.understanding)
    made = Made(keep.goal, keep.trigger, keep.because)
    changing.record(transaction, person, made, sides, origin)


def _made(
    transaction: Transaction, person: Person, keep: KeepRestored, origin: Origin
) -> Drafted[Plan]:
    """Tell who made a plan that is there again; one that was moved was made just now."""
    scored = scores.plan(keep.plan, keep.understanding)
    if keep.again is not None:
        older = stored(Subject(Rated.PLAN, keep.goal, keep.again))
        made = pedigree.of(transaction, person.id, older)
        if made is not None:
            return pedigree.again(made, keep.plan, scored)
    return Drafted(keep.plan, scored, RULES, trace_id=origin.trace_id)


def returned(transaction: Transaction, person: Person, keep: KeepReturn, origin: Origin) -> None:
    """Move the plans of all active goals on by a pause, each as a change of its own."""
    planned = plans.newest_of_each(transaction, person)
    for goal in goals.of(transaction, person):
        kept = planned.get(goal.id)
        if kept is None or goal.state is not GoalState.ACTIVE:
            continue
        plan = returning.moved(kept.plan, keep.since, keep.now)
        if keep.easier:
            plan = returning.eased(plan, goal.understanding, keep.now)
            plan = replace(plan, restart_on=keep.now)
        if plan != kept.plan:
            again = KeepRestored(goal.id, goal.understanding, plan, "pause")
            restored(transaction, person, again, origin)
