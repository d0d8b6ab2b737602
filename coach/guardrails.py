"""Guardrails: whether a prompt on trial has fallen clearly behind today's.

Everybody counts once, with the share of their turns that went wrong and the mean of their
stars, because people are what is drawn for a variant, and one person's answers are alike.

A trial is looked at again and again, and the usual interval would be left by chance sooner or
later. These are asymptotic confidence sequences (Waudby-Smith, Arbour, Sinha, Kennedy and
Ramdas, 2021): they hold at every look at once. Two imaginary people in each sample, one at
each end of the scale, keep a few that are all alike from looking certain (after Agresti and
Caffo, 2000).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import log, sqrt

from coach import samples
from coach.experiments import Guardrails
from coach.samples import Difference, Interval, Sample

SHARES, STARS = (0.0, 1.0), (1.0, 5.0)
"""The ends of each scale."""

DOUBT = 0.05
"""How often an interval may ever fail to hold."""

_TIGHTEST = 0.1  # squared rho of the sequence: narrowest at about a hundred people in all


class Cause(StrEnum):
    """Why a variant was stopped."""

    ERRORS = "errors"
    STARS = "stars"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a variant came to, a value for each person: *wrong* from 0 to 1, *stars* from 1 to 5."""

    wrong: Sample = field(default_factory=Sample)
    stars: Sample = field(default_factory=Sample)


def behind(variant: Outcome, control: Outcome, rails: Guardrails) -> Cause | None:
    """Tell whether a variant is surely worse than the control by more than it may be.

    The two guardrails share the doubt, so that a harmless variant is stopped in at most one
    of twenty trials, however often it is looked at.
    """
    if _enough(variant.wrong, control.wrong, rails):
        wrong = difference(variant.wrong, control.wrong, SHARES, DOUBT / 2)
        if wrong.low > rails.errors:
            return Cause.ERRORS
    if _enough(variant.stars, control.stars, rails):
        stars = difference(variant.stars, control.stars, STARS, DOUBT / 2)
        if stars.high < -rails.stars:
            return Cause.STARS
    return None


def compared(variant: Sample, control: Sample, scale: tuple[float, float]) -> Difference | None:
    """Tell how much more people of a variant have than those of the control; None of few."""
    if variant.is_small or control.is_small:
        return None
    told = variant.total / variant.n - control.total / control.n
    return Difference(told, difference(variant, control, scale))


def difference(
    one: Sample, other: Sample, scale: tuple[float, float], doubt: float = DOUBT
) -> Interval:
    """Return where the difference of two means lies at every look, save with that *doubt*."""
    one, other = (sample + samples.of(scale) for sample in (one, other))
    grown = _TIGHTEST * (one.n + other.n)
    reach = sqrt((1 + 1 / grown) * log((grown + 1) / doubt**2))
    error = sqrt(_squared_error(one) + _squared_error(other))
    middle = one.total / one.n - other.total / other.n
    most = scale[1] - scale[0]
    return Interval(max(middle - reach * error, -most), min(middle + reach * error, most))


def _enough(one: Sample, other: Sample, rails: Guardrails) -> bool:
    return min(one.n, other.n) >= rails.fewest


def _squared_error(sample: Sample) -> float:
    spread = sample.squares - sample.total**2 / sample.n
    return spread / (sample.n - 1) / sample.n
