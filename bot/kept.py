"""What is kept of somebody's goals: each kind of it read at once, however many goals there are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coach.lived import Lived, Told
from coach.values import Plan
from coach.weeks import Change
from storage import answers, changes, facts, goals, plans
from storage.answers import Answer
from storage.facts import Fact
from storage.goals import Goal, KeptResolution
from storage.people import Person
from storage.plans import KeptPlan
from storage.transaction import Transaction

REVIEWS = {"review", "unanswered"}
"""What sets off a change that a review came to, answered or not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Newest resolutions and plans, answers and changes, by goal; facts, newest first."""

    resolutions: Mapping[int, KeptResolution]
    plans: Mapping[int, KeptPlan]
    answers: Mapping[int, list[Answer]]
    changes: Mapping[int, list[changes.Change]]
    facts: tuple[Fact, ...]

    def life(self, goal: Goal, plan: Plan) -> Lived:
        """Tell how a goal's plan is lived."""
        told = tuple(
            Told(one.on, one.place, one.state, one.reason, one.amount)
            for one in self.answers.get(goal.id, ())
        )
        reviewed: list[tuple[int, Change]] = []
        for one in self.changes.get(goal.id, ()):
            evidence: dict[str, Any] = json.loads(one.evidence) if one.trigger in REVIEWS else {}
            if evidence.get("week"):
                reviewed.append((evidence["week"], Change(evidence["change"])))
        gone = frozenset(one.kind for one in self.facts if one.goal_id == goal.id and not one.words)
        return Lived(plan, goal.understanding, told, tuple(reviewed), gone)

    def what_works(self, goal: Goal) -> str:
        """Tell what was said last to help with a goal; nothing if that was forgotten."""
        told = (
            one.words
            for one in self.facts
            if one.goal_id == goal.id and one.kind == facts.WHAT_WORKS
        )
        return next(told, "")


def of(transaction: Transaction, person: Person, lived: Iterable[Goal]) -> Kept:
    """Read all of it in eight statements at most; answers and changes where plans are *lived*."""
    planned = plans.newest_of_each(transaction, person)
    ids = [goal.id for goal in lived if goal.id in planned]
    return Kept(
        goals.resolutions(transaction, person),
        planned,
        answers.of_goals(transaction, person, ids) if ids else {},
        changes.of_goals(transaction, person, ids) if ids else {},
        facts.of(transaction, person),
    )
