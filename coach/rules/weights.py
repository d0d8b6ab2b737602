"""Body weight: how much is to change, and where it could stand on the way; a guide, no promise."""

from dataclasses import dataclass

from coach.rules import amounts, lexicon
from coach.values import GoalUnderstanding, Quantity

KILOS = {"kg": 1.0, "lb": 0.4536, "st": 6.35}
CREDIBLE_A_WEEK = 0.5  # kg


@dataclass(frozen=True, slots=True)
class Change:
    """The weight to lose or gain in all, in the person's unit, and where it starts if known."""

    size: float
    unit: str
    begun: float | None
    gains: bool

    @property
    def a_week(self) -> float:
        """Return what a week can credibly bring, in the unit of the change."""
        return CREDIBLE_A_WEEK / KILOS[self.unit]

    def by(self, weeks: int) -> Quantity:
        """Return the weight after so many weeks, or the change by then when no start is known."""
        changed = min(self.size, weeks * self.a_week)
        if self.begun is None:
            return self._figure(changed)
        return self._figure(self.begun + (changed if self.gains else -changed))

    def _figure(self, value: float) -> Quantity:
        figure = round(value, 1) if self.unit == "st" else amounts.rounded(value, self.unit)
        return Quantity(figure, self.unit)


def of(u: GoalUnderstanding) -> Change | None:
    """Return the change of weight that a goal names in all; None for rates and other goals."""
    wished = u.target or u.amount
    if u.activity != "weight" or wished is None or wished.unit not in KILOS:
        return None
    now = u.baseline.value if u.baseline and u.baseline.unit == wished.unit else None
    if now is not None and wished.value > now / 2:  # the weight itself was named
        return Change(abs(wished.value - now), wished.unit, now, wished.value > now)
    gains = lexicon.wording("weights", "gains", u.language).search(u.text) is not None
    itself = lexicon.wording("weights", "itself", u.language).search(u.text) is not None
    return None if now is None and itself else Change(wished.value, wished.unit, now, gains)
