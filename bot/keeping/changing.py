"""Recording changes of plans: each side names its version and what was understood then.

So a change can be told (/why) and taken back (/undo), whoever made it.
"""

import json
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from coach.values import GoalUnderstanding
from coach.weeks import Change as Kind
from storage import changes, goals
from storage.changes import Change
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Made:
    """A change of one goal's plan: the code of what set it off, and the sentence why.

    After a review, *week* and *kind* say how a week differs from the one before it.
    """

    goal: int
    trigger: str
    because: str = ""
    week: int | None = None
    kind: Kind = Kind.SAME


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change."""

    plan: int  # version
    understanding: GoalUnderstanding


def record(
    transaction: Transaction, person: Person, made: Made, sides: tuple[Side, Side], origin: Origin
) -> None:
    """Keep a change, with what was before and after."""
    before, after = (_sides().dump_json(side) for side in sides)
    told = {"because": made.because, "week": made.week, "change": made.kind}
    evidence = json.dumps(told).encode()
    changes.record(
        transaction, person, Change(made.goal, made.trigger, evidence, before, after), origin
    )


def read(side: bytes) -> Side:
    """Read one side of a stored change."""
    return _sides().validate_json(side)


def understood(transaction: Transaction, person: Person, goal_id: int) -> GoalUnderstanding | None:
    """Tell what is understood of a goal by now; None if there is no such goal of theirs."""
    found = (g.understanding for g in goals.of(transaction, person) if g.id == goal_id)
    return next(found, None)


@cache
def _sides() -> TypeAdapter[Side]:
    return TypeAdapter(Side)
