"""What somebody may wish of a plan under way, and the plan once it is so."""

from dataclasses import dataclass

from coach.values import GoalUnderstanding, Plan
from coach.weeks import ObstaclePlan, Proposal


@dataclass(frozen=True, slots=True)
class Reworked:
    """A changed plan and what is understood now; *week* is the one that differs first."""

    understanding: GoalUnderstanding
    plan: Plan
    week: int


@dataclass(frozen=True, slots=True)
class InWords:
    """A wish for the plan in somebody's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class NewObstacle:
    """Another answer to what gets in the way."""

    found: ObstaclePlan


@dataclass(frozen=True, slots=True)
class Proposed:
    """A coming week as a review proposed it, with the answer to what got in the way."""

    week: int
    proposal: Proposal
    obstacle: ObstaclePlan | None = None


@dataclass(frozen=True, slots=True)
class Scaled:
    """A coming week made "easier" or "harder"."""

    week: int
    how: str


@dataclass(frozen=True, slots=True)
class Reshaped:
    """Another shape from today on, by a name of `coach.rules.reshaping`."""

    how: str


@dataclass(frozen=True, slots=True)
class Extended:
    """More weeks after the end, like the last ones."""

    weeks: int


@dataclass(frozen=True, slots=True)
class Repaced:
    """Another way to a date that does not hold, from a week on: "more", "later" or "less".

    More a week; a later date at the pace there was; or less of it by the same date.
    """

    week: int
    how: str


PlanWish = InWords | NewObstacle | Proposed | Scaled | Reshaped | Extended | Repaced
