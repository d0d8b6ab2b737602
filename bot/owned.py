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
    return tuple(_owned(transaction, person, goal) for goal in goals.of(transaction, person))


def _owned(transaction: Transaction, person: Person, goal: Goal) -> OwnedGoal:
    resolution = goals.resolution(transaction, person, goal.id)
    plan = plans.newest(transaction, person, goal.id)
    return OwnedGoal(
        goal.id,
        goal.state,
        goal.understanding,
        resolution.resolution if resolution else None,
        plan.plan if plan else None,
        _last_change(transaction, person, goal.id),
        _agreed(transaction, person, goal, resolution) if resolution else None,
    )


def _agreed(
    transaction: Transaction, person: Person, goal: Goal, kept: KeptResolution
) -> Drafted[Resolution] | None:
    subject = Subject(SubjectKind.RESOLUTION, str(goal.id), kept.version)
    made = pedigree.of(transaction, person.id, subject)
    scored = scores.resolution(kept.resolution, goal.understanding)
    return made and pedigree.again(made, kept.resolution, scored)


def _last_change(transaction: Transaction, person: Person, goal_id: int) -> LastChange | None:
    found = changes.of_goal(transaction, person, goal_id)
    if not found:
        return None
    last = found[-1]
    before = changing.read(last.before)
    plan = plans.at(transaction, person, goal_id, before.plan)
    if plan is None:
        return None
    because: str = json.loads(last.evidence).get("because", "")
    return LastChange(last.trigger, because, before.understanding, plan.plan, plan.version)
