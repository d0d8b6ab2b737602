"""Pictures: each figure has its place, what the font lacks stays out, and time is bounded."""

import asyncio
import logging
import os
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from bot import drawing
from bot.drawing import Painter, process, sheet, weeks
from bot.journey.pictures import Chart, StarsGiven, Track, WeekTold
from bot.sandbox.files import picture_size
from bot.texts import LANGUAGES
from coach.weeks import Day, DayState

MONDAY = date(2026, 11, 23)
SEVEN = tuple(Day(MONDAY + timedelta(days=n), state) for n, state in enumerate(DayState))
FULL = tuple(WeekTold(MONDAY - timedelta(weeks=n), 7, 3, 1, 1) for n in reversed(range(4)))
TRACK = Track("Run before work", MONDAY, SEVEN, FULL)
STARS = StarsGiven(30, {3: 1, 5: 6}, {})
LONGEST_SIDES = 10_000
"""Width and height together, in Telegram's limits for photos; their ratio is 20 at most."""


class Written(sheet.Sheet):
    """A sheet that notes what is written on it, and how far it reaches."""

    words: list[str]

    def text(self, at: tuple[float, float], words: str, size: float, **how: Any) -> None:
        self.words.append(words)
        super().text(at, words, size, **how)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words: list[str] = []
    monkeypatch.setattr(Written, "words", words, raising=False)
    monkeypatch.setattr(weeks, "Sheet", Written)
    return words


CHARTS: Mapping[str, Chart] = {
    "much": Chart((TRACK,), STARS),
    "three goals": Chart((TRACK, TRACK, TRACK), STARS),
    "little": Chart((Track("x", MONDAY, SEVEN[:1], FULL[-1:]),)),
    "nothing": Chart((Track("", MONDAY, (), (WeekTold(MONDAY, 0, 0),)),)),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_picture_is_wide_enough_for_phones_and_small_enough_for_telegram(chart: Chart):
    png = weeks.png(chart, "en")

    size = picture_size(png)
    assert size is not None
    width, height = size
    assert width >= 2 * sheet.WIDTH
    assert width + height <= LONGEST_SIDES
    assert max(width / height, height / width) <= 20
    assert len(png) < 1_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_that_occurs_is_explained(language: str, written: list[str]):
    weeks.png(Chart((TRACK,)), language)

    names = {weeks.weeks.name(state, language) for state in DayState}
    assert len(names) == len(DayState)
    assert names <= set(written)


def test_what_is_not_known_of_a_week_is_said_instead_of_a_zero(written: list[str]):
    told = (
        WeekTold(MONDAY - timedelta(weeks=2), 3, 0, unanswered=3),
        WeekTold(MONDAY - timedelta(weeks=1), 0, 0),
        WeekTold(MONDAY, 3, 0, to_come=3),
    )

    weeks.png(Chart((Track("Run", MONDAY, SEVEN[:1], told),)), "en")

    assert {"no answer", "nothing planned", "to come"} <= set(written)
    assert "0 of 0" not in written


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("Correr sin prisa", "Correr sin prisa", id="Latin letters"),
        pytest.param("Бегать", "Бегать", id="Cyrillic letters"),
        pytest.param("$x^2$ & <b>", "$x^2$ & <b>", id="no formula, no markup"),
        pytest.param("اقرأ كتابًا", "Goal 1", id="right to left"),
        pytest.param("走る", "Goal 1", id="letters the font lacks"),
        pytest.param("Run 🏃", "Goal 1", id="an emoji"),
        pytest.param("", "Goal 1", id="none"),
        pytest.param("Write the whole of my long thesis", "Write the whole of my lon…", id="long"),
    ],
)
def test_a_title_is_drawn_if_the_font_can(title: str, shown: str, written: list[str]):
    weeks.png(Chart((Track(title, MONDAY, SEVEN, FULL),)), "en")

    assert written[0] == shown


async def test_one_process_draws_for_many_and_ends_with_the_block(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weeks, "png", None)  # nothing is drawn in this process
    async with Painter() as painter:
        first, second = await asyncio.gather(
            painter.draw(CHARTS["little"], "en"), painter.draw(CHARTS["little"], "es")
        )
        process = painter._process
        assert process is not None
        assert process.returncode is None

    assert first.startswith(b"\x89PNG")
    assert first != second
    assert process.returncode is not None


async def test_a_picture_that_takes_too_long_or_fails_is_left_out_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, painter: Painter
):
    broken = Chart((Track("Run", MONDAY, SEVEN, ()),))
    with caplog.at_level(logging.WARNING):
        with monkeypatch.context() as hurried:
            hurried.setattr(drawing, "WITHIN", timedelta(milliseconds=100))
            assert await painter.draw(CHARTS["little"], "en") == b""
        assert await painter.draw(broken, "en") == b""
    errors = [vars(record)["error"] for record in caplog.records]
    assert errors == ["TimeoutError", "IndexError"]
    assert "Run" not in caplog.text

    assert painter._process is not None
    painter._process.kill()
    await painter._process.wait()
    assert await painter.draw(CHARTS["little"], "en") != b""


def test_the_process_ends_when_nobody_asks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "IDLE", 0)
    reading, writing = os.pipe()
    answers = BytesIO()

    with os.fdopen(reading, "rb") as charts, os.fdopen(writing, "wb"):
        process.serve(charts, answers)

    assert answers.getvalue() == b""
