"""Opinions: what people said of each aspect of each kind of subject, beside the window before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.report import scales
from bot.report.figures import Figures
from coach import samples
from coach.samples import Difference, Sample, Share


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said of one aspect: how often each value, and what they come to."""

    kind: str
    aspect: str
    histogram: dict[int, int]  # by each value there is, the lowest first
    summed: Sample | Share  # a share of yes where yes or no is asked
    trend: Difference | None


def told(now: Figures, before: Figures) -> Iterator[Opinion]:
    """Sum up every aspect that something was said of, in the order of the names."""
    for kind, aspect in sorted(now.ratings):
        scale = scales.of(kind, aspect)
        counts, earlier = (one.ratings.get((kind, aspect), Counter[int]()) for one in (now, before))
        if scale.is_yes_no:
            summed, then = samples.at_least(counts, 1), samples.at_least(earlier, 1)
            trend = samples.rate_difference(summed, then)
        else:
            summed, then = samples.of_counts(counts), samples.of_counts(earlier)
            trend = samples.difference(summed, then)
        histogram = {value: counts[value] for value in scale.values}
        yield Opinion(kind, aspect, histogram, summed, trend)
