"""What the page draws of a summary; where there is nothing to draw, nothing is drawn."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.journey.aspects import ONE_TO_FIVE
from bot.report import charts, metrics, wording
from bot.report import steps as coach_steps
from bot.report.charts import Axis, Bar, Point
from bot.report.course import Day
from bot.report.figures import Figures
from bot.report.markup import e
from bot.report.metrics import Target
from bot.report.summary import Summary
from coach.samples import Estimate, Sample
from storage.ratings import STARS
from storage.turns import Outcome

NAMES = 6
"""How many names fit below a chart."""


Found = tuple[Estimate | None, int]


@dataclass(frozen=True, slots=True)
class Course:
    """Something whose weeks are drawn: its target, its axis, and a week's estimate with its n."""

    target: Target
    ends: tuple[float, float]
    of: Callable[[Figures], Found]


def _mean(sample: Sample) -> Found:
    return sample.mean(), sample.n


COURSES = (
    Course(metrics.SATISFACTION, (1, 5), lambda week: _mean(week.stars)),
    Course(metrics.RESPONSE, (0, 4), lambda week: _mean(week.seconds_waited)),
    Course(metrics.RESOLUTIONS, (4, 10), lambda week: _mean(metrics.quality(week))),
    Course(metrics.PLANS, (4, 10), lambda week: _mean(metrics.feasibility(week))),
    Course(metrics.ERRORS, (0, 0.1), lambda week: (week.attempts.rate(), week.attempts.n)),
)


def weeks(summary: Summary) -> list[Element]:
    """Draw the courses of which some week has a value."""
    drawn = ((one, [one.of(week) for week in summary.weeks]) for one in COURSES)
    return [
        _course(one, summary.weeks, found) for one, found in drawn if any(each for each, _ in found)
    ]


def days(summary: Summary) -> list[Element]:
    """Draw turns, people and cost day by day."""
    told, every = summary.days, -(-len(summary.days) // NAMES)
    if not any(day.outcomes for day in told):
        return []

    def drawn(title: str, of: Callable[[Day], float], said: Callable[[float], str]) -> Element:
        bars = [Bar(day.name[5:], of(day)) for day in told]
        return charts.bars(title, bars, f"at most {said(max(map(of, told)))}", every)

    return [
        drawn("Turns a day", lambda day: day.outcomes[Outcome.ANSWERED], _count),
        drawn("Failed attempts a day", lambda day: day.failed, _count),
        drawn("People a day", lambda day: day.active, _count),
        drawn("Model cost a day", lambda day: day.calls.micro_usd, _usd),
    ]


def _count(figure: float) -> str:
    return f"{figure:,.0f}"


def _usd(micro: float) -> str:
    return wording.usd(round(micro))


def histograms(summary: Summary) -> list[Element]:
    """Draw how often each number of stars was given, by kind."""
    return [
        charts.bars(
            f"Stars: {kind}, n {counts.total():,}",
            [Bar(f"{n} ★", counts[n], label=f"{counts[n]:,}") for n in ONE_TO_FIVE],
        )
        for (kind, aspect), counts in sorted(summary.now.ratings.items())
        if aspect == STARS
    ]


def steps(summary: Summary) -> list[Element]:
    """Draw what the steps cost, and how many of their answers came by rules."""
    told = coach_steps.told(summary.now, summary.took)
    spent = [(one.name, one.model.micro_usd, wording.usd(one.model.micro_usd)) for one in told]
    shares = [
        (one.name, found.value, wording.percent(found.value))
        for one in told
        if not one.is_judging and (found := one.by_rules.rate()) is not None
    ]
    return _lines("Cost by step", spent) + _lines("Answered by rules", shares, most=1.0)


def errors(summary: Summary) -> list[Element]:
    """Draw the kinds of errors, of all steps together."""
    kinds = sum(summary.now.errors.values(), Counter[str]())
    told = [(kind, n, f"{n:,}") for kind, n in kinds.most_common()]
    return _lines("Errors of models by kind", told)


def _course(course: Course, told: Sequence[Figures], found: Sequence[Found]) -> Element:
    target = course.target
    points = [
        Point(f"{week.scope.window.start:%m-%d}", *each)
        for week, each in zip(told, found, strict=True)
    ]
    axis = Axis(*course.ends, target.limit, lambda figure: wording.value(figure, target.unit))
    sign = ">" if target.above else "<"
    title = f"{target.label} by week; target {sign} {axis.said(target.limit)}"
    return charts.course(title, points, axis)


def _lines(title: str, told: Sequence[tuple[str, float, str]], most: float = 0) -> list[Element]:
    """Draw lying bars, with what each is worth; none where all are nothing."""
    longest = most or max((worth for _, worth, _ in told), default=0)
    if not longest:
        return []
    lines = (
        e(
            "div",
            e("span", name),
            e("span", e("i", style=f"width: {worth / longest:.1%}"), class_="track"),
            e("span", said),
            class_="line",
        )
        for name, worth, said in told
    )
    return [e("figure", e("figcaption", title), *lines)]
