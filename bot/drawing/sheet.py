"""A sheet to draw on, measured in the pixels of a phone, three real ones for each."""

import unicodedata
from functools import cache
from io import BytesIO
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import (
    findfont,  # pyright: ignore[reportUnknownVariableType] -- partly typed
    get_font,  # pyright: ignore[reportUnknownVariableType] -- partly typed
)
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Wedge
from matplotlib.text import Text

WIDTH = 360
SCALE = 3
_DPI = 200
_POINT = 72 * SCALE / _DPI  # points in one of our pixels
FONT = "DejaVu Sans"  # comes with matplotlib, so it is everywhere

PAPER, INK, SOFT, FAINT = "#eef1f4", "#1d2733", "#51606f", "#c4ccd5"
GREEN, PALE = "#2b8a5f", "#a9d5c0"
"""Colours that are read on a bright screen and do not glare on a dark one."""

Align = Literal["left", "center", "right"]


class Sheet:
    """A picture in the making; (0, 0) is its upper left corner."""

    def __init__(self, height: float) -> None:
        """Begin with an empty sheet."""
        size = (WIDTH * SCALE / _DPI, height * SCALE / _DPI)
        figure = Figure(size, dpi=_DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(figure)
        self._axes = figure.add_axes((0, 0, 1, 1))  # pyright: ignore[reportUnknownMemberType] -- partly typed
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: float,
        *,
        ink: str = INK,
        align: Align = "left",
        bold: bool = False,
    ) -> None:
        """Write *words*, their middle at the height given; *align* says where *at* is."""
        written = Text(
            *at,
            words,
            fontsize=size * _POINT,
            color=ink,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            fontfamily=FONT,
            fontweight="bold" if bold else "normal",
            parse_math=False,
        )
        self._axes.add_artist(written)

    def ring(
        self, at: tuple[float, float], radius: float, ink: str, *, dotted: bool = False
    ) -> None:
        """Draw a ring."""
        style = (0, (1.2, 1.4)) if dotted else "-"
        width = 2 * _POINT
        self._add(Circle(at, radius, fill=False, edgecolor=ink, linewidth=width, linestyle=style))

    def disc(self, at: tuple[float, float], radius: float, ink: str) -> None:
        """Draw a filled circle."""
        self._add(Circle(at, radius, color=ink, linewidth=0))

    def half(self, at: tuple[float, float], radius: float, ink: str) -> None:
        """Fill the left half of a circle."""
        self._add(Wedge(at, radius, 90, 270, color=ink, linewidth=0))

    def line(self, points: list[tuple[float, float]], ink: str, width: float = 2.2) -> None:
        """Draw a line through points."""
        drawn = Line2D(
            [x for x, _ in points],
            [y for _, y in points],
            color=ink,
            linewidth=width * _POINT,
            solid_capstyle="round",
            solid_joinstyle="round",
        )
        self._axes.add_line(drawn)

    def bar(self, at: tuple[float, float], width: float, height: float, ink: str) -> None:
        """Draw a bar with round corners from its upper left one."""
        style = f"round,pad=0,rounding_size={min(width, height, 12) / 2}"
        self._add(FancyBboxPatch(at, width, height, boxstyle=style, color=ink, linewidth=0))

    def png(self) -> bytes:
        """Give the finished picture."""
        out = BytesIO()
        self._canvas.print_png(out)  # pyright: ignore[reportUnknownMemberType] -- partly typed
        return out.getvalue()

    def _add(self, patch: Patch) -> None:
        self._axes.add_patch(patch)


def can_be_drawn(words: str) -> bool:
    """Tell whether the font has every letter, and all of them run from left to right."""
    letters = _letters()
    return all(
        ord(sign) in letters and unicodedata.bidirectional(sign) not in {"R", "AL"}
        for sign in words
    )


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FONT)).get_charmap())
