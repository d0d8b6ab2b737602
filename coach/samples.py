"""Samples: what a few or many values say together, and how sure that is.

Standard methods, all at 95 %: Student's t for a mean, Wilson's score interval for a rate,
Welch's and Newcombe's intervals for their differences, Fisher's for a correlation. Fewer
than five values are a small sample: it has no mean and no rate, so that none can be shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist, correlation

ENOUGH = 5
"""The fewest values that are averaged."""

ENOUGH_PAIRS = 10
"""The fewest pairs whose correlation is told."""

_Z = NormalDist().inv_cdf(0.975)
_ALIKE = 1e-9
"""Relative variance that comes of rounding alone."""


class SmallSampleError(ValueError):
    """An estimate was to be made of too few values; our fault."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies, with 95 % confidence."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What enough values say; no interval where all are alike, which tells nothing of their spread.

    One of fewer than `ENOUGH` values cannot be made.
    """

    value: float
    n: int
    interval: Interval | None

    def __post_init__(self) -> None:
        if self.n < ENOUGH:
            raise SmallSampleError(self.n)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more one sample says than another, never a claim when its interval holds zero."""

    value: float
    interval: Interval | None

    @property
    def is_clear(self) -> bool:
        """Whether it is hardly chance."""
        return self.interval is not None and self.interval.low * self.interval.high > 0


@dataclass(frozen=True, slots=True)
class Sample:
    """Any number of values, by their count, sum and sum of squares: what SQL adds up."""

    n: int = 0
    total: float = 0
    squares: float = 0

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def is_small(self) -> bool:
        """Whether it has too few values to be averaged."""
        return self.n < ENOUGH

    def mean(self) -> Estimate | None:
        """Return the mean; None of a small sample."""
        if self.is_small:
            return None
        mean, error = self.total / self.n, _squared_error(self)
        interval = _around(mean, sqrt(error), self.n - 1) if error else None
        return Estimate(mean, self.n, interval)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of *n* did or said something."""

    yes: int = 0
    n: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.yes + other.yes, self.n + other.n)

    def rate(self) -> Estimate | None:
        """Return the rate, 0 to 1; None of a small sample."""
        if self.n < ENOUGH:
            return None
        rate, scale = self.yes / self.n, 1 + _Z**2 / self.n
        middle = (rate + _Z**2 / (2 * self.n)) / scale
        reach = _Z * sqrt(rate * (1 - rate) / self.n + (_Z / (2 * self.n)) ** 2) / scale
        low = 0.0 if self.yes == 0 else middle - reach  # exactly, whatever rounding says
        high = 1.0 if self.yes == self.n else middle + reach
        return Estimate(rate, self.n, Interval(low, high))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two ways to score the same things agree."""

    close: Share
    correlation: Estimate | None


def of(values: Iterable[float]) -> Sample:
    """Sum values up."""
    listed = list(values)
    return Sample(len(listed), sum(listed), sum(value * value for value in listed))


def of_counts(counts: Mapping[int, int]) -> Sample:
    """Sum a histogram up: how often each value came."""
    return Sample(
        sum(counts.values()),
        sum(value * n for value, n in counts.items()),
        sum(value * value * n for value, n in counts.items()),
    )


def scaled(sample: Sample, factor: float) -> Sample:
    """Return the sample in another unit."""
    return Sample(sample.n, sample.total * factor, sample.squares * factor * factor)


def at_least(counts: Mapping[int, int], value: int) -> Share:
    """Tell how many values of a histogram reach *value*."""
    yes = sum(n for found, n in counts.items() if found >= value)
    return Share(yes, sum(counts.values()))


def difference(now: Sample, before: Sample) -> Difference | None:
    """Compare two means; None if one of the samples is small."""
    one, other = now.mean(), before.mean()
    if one is None or other is None:
        return None
    told, errors = one.value - other.value, (_squared_error(now), _squared_error(before))
    if not sum(errors):
        return Difference(told, None)
    ours, theirs = (error / sum(errors) for error in errors)
    freedom = 1 / (ours**2 / (now.n - 1) + theirs**2 / (before.n - 1))
    return Difference(told, _around(told, sqrt(sum(errors)), freedom))


def rate_difference(now: Share, before: Share) -> Difference | None:
    """Compare two rates; None if one of the samples is small."""
    one, other = now.rate(), before.rate()
    if one is None or other is None or one.interval is None or other.interval is None:
        return None
    told = one.value - other.value
    down = sqrt((one.value - one.interval.low) ** 2 + (other.interval.high - other.value) ** 2)
    up = sqrt((one.interval.high - one.value) ** 2 + (other.value - other.interval.low) ** 2)
    return Difference(told, Interval(told - down, told + up))


def agreement(pairs: Sequence[tuple[float, float]], within: float) -> Agreement:
    """Compare pairs on one scale: how many differ by at most *within*, and how they correlate."""
    close = sum(abs(one - other) <= within for one, other in pairs)
    return Agreement(Share(close, len(pairs)), pearson(pairs))


def pearson(pairs: Sequence[tuple[float, float]]) -> Estimate | None:
    """Correlate pairs; None of too few, or where one side never varies."""
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    if len(pairs) < ENOUGH_PAIRS or len(set(ones)) == 1 or len(set(others)) == 1:
        return None
    found = correlation(ones, others)
    if abs(found) > 1 - _ALIKE:
        return Estimate(found, len(pairs), None)
    reach = _Z * sqrt((1 + found**2 / 2) / (len(pairs) - 3))  # Bonett and Wright's error, ranks too
    interval = Interval(tanh(atanh(found) - reach), tanh(atanh(found) + reach))
    return Estimate(found, len(pairs), interval)


def spearman(pairs: Sequence[tuple[float, float]]) -> Estimate | None:
    """Correlate the ranks of pairs, which need no common scale; None as for `pearson`."""
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    return pearson(list(zip(_ranks(ones), _ranks(others), strict=True)))


def _ranks(values: Sequence[float]) -> list[float]:
    """Rank values; equal ones share the middle of their places."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered)))}
    last = {value: place for place, value in enumerate(ordered)}
    return [(first[value] + last[value]) / 2 for value in values]


def _squared_error(sample: Sample) -> float:
    """Return the squared standard error of the mean; 0 where all values are alike."""
    spread = sample.n * sample.squares - sample.total**2
    if spread <= _ALIKE * sample.total**2:
        return 0.0
    return spread / (sample.n**2 * (sample.n - 1))


def _around(value: float, error: float, freedom: float) -> Interval:
    reach = _t(freedom) * error
    return Interval(value - reach, value + reach)


def _t(freedom: float) -> float:
    """Return the 97.5 % quantile of Student's t, by its expansion about the normal one.

    Abramowitz and Stegun 26.7.5; from 4 degrees of freedom on it is right to 0.001.
    """
    z = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
