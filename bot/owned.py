"""What a person owns, looked up whole: goals with their newest versions and last change."""

import json
from collections.abc import Iterator

from bot.journey.found import LastChange, OwnedGoal
from bot.keeping import changing
from coach.rules import scores
from coach.values import Drafted, Plan, Resolution
from storage import changes, goals, pedigree, plans
from storage.goals import Goal, KeptResolution
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction


def goals_of(transaction: Transaction, person: Person) -> tuple[OwnedGoal, ...]:
    """Look up somebody's goals in their order."""
    found = goals.of(transaction, person)
    resolutions = goals.resolutions(transaction, person)
    planned = plans.newest_of_each(transaction, person)
    changed = changes.of_goals(transaction, person, [goal.id for goal in found])
    return tuple(
        OwnedGoal(
            goal.id,
            goal.state,
            goal.understanding,
            made.resolution if (made := resolutions.get(goal.id)) else None,
            plan := kept.plan if (kept := planned.get(goal.id)) else None,
            *_last_changes(_back(transaction, person, changed.get(goal.id, [])), goal, plan),
            _agreed(transaction, person, goal, made) if made else None,
        )
        for goal in found
    )


def _agreed(
    transaction: Transaction, person: Person, goal: Goal, kept: KeptResolution
) -> Drafted[Resolution] | None:
    subject = Subject(SubjectKind.RESOLUTION, str(goal.id), kept.version)
    made = pedigree.of(transaction, person.id, subject)
    scored = scores.resolution(kept.resolution, goal.understanding)
    return made and pedigree.again(made, kept.resolution, scored)


def _last_changes(
    back: Iterator[LastChange], goal: Goal, plan: Plan | None
) -> tuple[LastChange | None, LastChange | None]:
    """Find the last change, and the last one that made a difference.

    A review that left the week as planned is kept as a change as well.
    """
    last: LastChange | None = None
    for one in back:
        last = last or one
        if (one.plan, one.understanding) != (plan, goal.understanding):
            return last, one
    return last, None


def _back(
    transaction: Transaction, person: Person, found: list[changes.Change]
) -> Iterator[LastChange]:
    """Look up changes with what was before them, the last one first, as far as they are asked."""
    for one in reversed(found):
        before = changing.read(one.before)
        plan = plans.at(transaction, person, one.goal_id, before.plan)
        if plan is None:
            return
        because: str = json.loads(one.evidence).get("because", "")
        yield LastChange(one.trigger, because, before.understanding, plan.plan, plan.version)
