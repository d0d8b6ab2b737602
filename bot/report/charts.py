"""Charts of the page: SVG whose colours come from its style sheet, with a title to be read out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.report.markup import e
from coach.samples import Estimate

WIDTH, HEIGHT = 320.0, 130.0
FIGURES = 8
"""The most points that have their figures written beside them."""

_FLOOR, _CEILING = HEIGHT - 18, 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, what it is worth, and what is written above it."""

    name: str
    value: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """An estimate at one place of a course, or how many values were too few for one."""

    name: str
    found: Estimate | None
    n: int


@dataclass(frozen=True, slots=True)
class Axis:
    """What a course is drawn on: its lowest and highest value, the target, and how each reads."""

    low: float
    high: float
    target: float
    said: Callable[[float], str]

    def height(self, value: float) -> float:
        """Place a value; what lies beyond the axis lies at its end."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return _FLOOR - (_FLOOR - _CEILING) * share


def bars(title: str, told: Sequence[Bar], top: str = "", every: int = 1) -> Element:
    """Draw upright bars; *top* tells the highest, and one in *every* has its name below."""
    highest = max((bar.value for bar in told), default=0) or 1
    step = WIDTH / max(1, len(told))
    drawn: list[Element] = [_text(0, 12, top, "start")]
    for place, bar in enumerate(told):
        left, middle = (place + 0.1) * step, (place + 0.5) * step
        tall = (_FLOOR - _CEILING) * bar.value / highest
        drawn.append(_box(left, _FLOOR - tall, step * 0.8, tall))
        drawn.append(_text(middle, _FLOOR - tall - 4, bar.label))
        if place % every == 0:
            drawn.append(_text(middle, HEIGHT - 4, bar.name))
    return _chart(title, drawn)


def course(title: str, told: Sequence[Point], axis: Axis) -> Element:
    """Draw estimates with their intervals, and the target as a line; figures where they fit."""
    aim = f"{axis.height(axis.target):.1f}"
    drawn = [e("line", x1=0, x2=WIDTH, y1=aim, y2=aim, class_="target")]
    step, every = WIDTH / max(1, len(told)), -(-len(told) // FIGURES)
    for place, point in enumerate(told):
        middle = (place + 0.5) * step
        if place % every == 0:
            drawn.append(_text(middle, HEIGHT - 4, point.name))
        if every == 1:
            drawn.append(_text(middle, HEIGHT + 10, f"n {point.n:,}"))
        if point.found is not None:
            drawn += _estimate(middle, point.found, axis)
            if every == 1:
                at = axis.height(point.found.value) + 4
                drawn.append(_text(middle + 6, at, axis.said(point.found.value), "start"))
    return _chart(title, drawn)


def _estimate(middle: float, found: Estimate, axis: Axis) -> list[Element]:
    x, drawn = f"{middle:.1f}", list[Element]()
    if found.interval is not None:
        ends = (axis.height(found.interval.low), axis.height(found.interval.high))
        y1, y2 = (f"{end:.1f}" for end in ends)
        drawn.append(e("line", x1=x, x2=x, y1=y1, y2=y2, class_="reach"))
    hint = e("title", f"{axis.said(found.value)}, n {found.n:,}")
    at = f"{axis.height(found.value):.1f}"
    return [*drawn, e("circle", hint, cx=x, cy=at, r=3.5, class_="dot")]


def _box(left: float, top: float, width: float, tall: float) -> Element:
    size = {"x": left, "y": top, "width": width, "height": tall}
    return e("rect", class_="bar", **{name: f"{value:.1f}" for name, value in size.items()})


def _text(x: float, y: float, said: str, anchor: str = "middle") -> Element:
    return e("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _chart(title: str, drawn: Sequence[Element]) -> Element:
    picture = e(
        "svg", e("title", title), *drawn, viewBox=f"0 0 {WIDTH:g} {HEIGHT + 14:g}", role="img"
    )
    return e("figure", e("figcaption", title), picture)
