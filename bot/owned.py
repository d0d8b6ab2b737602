"""What a person owns, looked up whole: goals with their newest versions and last change."""

import json

from bot.journey.found import LastChange, OwnedGoal
from bot.keeping import changing
from coach.rules import scores
from coach.values import Drafted, Resolution
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
            kept.plan if (kept := planned.get(goal.id)) else None,
            _last_change(transaction, person, changed.get(goal.id, [])),
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


def _last_change(
    transaction: Transaction, person: Person, found: list[changes.Change]
) -> LastChange | None:
    if not found:
        return None
    last = found[-1]
    before = changing.read(last.before)
    plan = plans.at(transaction, person, last.goal_id, before.plan)
    if plan is None:
        return None
    because: str = json.loads(last.evidence).get("because", "")
    return LastChange(last.trigger, because, before.understanding, plan.plan, plan.version)
