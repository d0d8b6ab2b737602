"""What a person owns, looked up whole: goals with their newest versions and last change."""

import json

from bot.journey.events import LastChange, OwnedGoal
from bot.keeping import changing
from coach.rules import scores
from coach.values import Drafted, GoalUnderstanding, Resolution
from storage import changes, goals, plans
from storage.goals import Goal
from storage.people import Person
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
        _scored(resolution.resolution, goal.understanding) if resolution else None,
    )


def _scored(work: Resolution, u: GoalUnderstanding) -> Drafted[Resolution]:
    return Drafted(work, scores.resolution(work, u), "rules")


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
    return LastChange(last.trigger, because, before.understanding, plan.plan)
