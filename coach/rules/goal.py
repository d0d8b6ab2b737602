"""A goal on its way to words: what was said, what was settled, and the language."""

from dataclasses import dataclass, replace
from datetime import date

from coach.catalogue import Catalogue, texts
from coach.rules import amounts, defaults, paces, splices, templates
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding, Mode, Quantity

_NO_PRODUCT = ("other", "course")
_NEVER_MADE = ("reading", "weight", "saving", "debt")  # however their product is named
# What is practised week by week; nobody finishes it in steps.
_PRACTISED = frozenset(
    (
        "reading",
        "language",
        "instrument",
        "running",
        "walking",
        "steps",
        "swimming",
        "cycling",
        "strength",
        "exercises",
        "stretching",
        "meditation",
        "weight",
        "saving",
        "debt",
    )
)


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
    u = plannable(u)
    settled = defaults.settle(u, today)
    return Goal(u, settled, settled.activity.key, today, texts(u.language))


def plannable(u: GoalUnderstanding) -> GoalUnderstanding:
    """Give a goal the kind that its plan needs, where its words alone suggest another."""
    if splices.of(u.language)["no_verb"].match(u.behaviour):
        u = replace(u, behaviour="")
    if u.goal_type is GoalType.QUIT and splices.of(u.language)["it"].search(u.behaviour):
        u = replace(u, behaviour="")
    made = u.activity not in _NEVER_MADE and templates.name(u) not in _NO_PRODUCT
    if u.goal_type is GoalType.PROJECT and u.activity in _PRACTISED and not made:
        return replace(u, goal_type=GoalType.OUTCOME)
    if u.goal_type is None and u.activity == "making" and u.behaviour and not u.vague:
        return replace(u, goal_type=GoalType.PROJECT)
    if u.goal_type is None and u.deadline and u.behaviour and not u.vague:
        return replace(u, goal_type=GoalType.OUTCOME)
    if u.goal_type is GoalType.HABIT and u.amount is not None:
        return _less_or_counted(u, u.amount)
    return u


def _less_or_counted(u: GoalUnderstanding, amount: Quantity) -> GoalUnderstanding:
    """Read less screen time as the way down it is, and a count by a date as an aim."""
    thing, over = amounts.base(amount.unit), amounts.span(amount.unit)
    if u.activity == "screen_time":
        less = Quantity(amount.value, f"{thing}/day")
        return replace(u, goal_type=GoalType.QUIT, mode=Mode.STEPS, target=less, behaviour="")
    if u.deadline and not over and u.per_week is None and paces.is_countable(amount):
        return replace(u, goal_type=GoalType.OUTCOME, target=amount, amount=None)
    return u
