"""A goal on its way to words: what was said, what was settled, and the language."""

from dataclasses import dataclass, replace
from datetime import date

from coach.catalogue import Catalogue, texts
from coach.rules import amounts, defaults
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding, Mode, Quantity


@dataclass(frozen=True, slots=True)
class Goal:
    """Everything that writing needs; built once for a resolution or a plan."""

    u: GoalUnderstanding
    settled: Settled
    kind: str  # the activity, or the kind of it that the words name
    today: date
    t: Catalogue


def of(u: GoalUnderstanding, today: date) -> Goal:
    """Fill the gaps of a goal and open its language."""
    u = _as_less(u)
    settled = defaults.settle(u, today)
    return Goal(u, settled, settled.activity.key, today, texts(u.language))


def _as_less(u: GoalUnderstanding) -> GoalUnderstanding:
    """Read "2 hours of screen time a day" as what it is: a way down."""
    if u.activity != "screen_time" or u.goal_type is GoalType.QUIT or u.amount is None:
        return u
    less = Quantity(u.amount.value, f"{amounts.base(u.amount.unit)}/day")
    return replace(u, goal_type=GoalType.QUIT, mode=Mode.STEPS, target=less, behaviour="")
