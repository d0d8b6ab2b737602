"""The picture of /stats: this week's marks, the last weeks as bars, and stars given."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from bot.drawing.sheet import FAINT, GREEN, INK, PALE, PAPER, SOFT, WIDTH, Sheet, can_be_drawn
from bot.journey.pictures import Chart, StarsGiven, Track, WeekTold
from bot.texts import texts, weeks
from coach.formats import day
from coach.weeks import DayState

MARGIN = 22
RADIUS = 13
_LONGEST = 26  # letters of a title
_STEP = (WIDTH - 2 * MARGIN) / 7
_TITLE, _HEAD, _BODY = 19, 15, 13  # sizes of text
_MARK_ROW, _LEGEND_ROW, _BAR_ROW, _STARS = 34, 24, 28, 150
_BARS_LEFT, _BARS_RIGHT = 80.0, 236.0
_IN_A_ROW = 2  # entries of the legend

Point = tuple[float, float]


def png(chart: Chart, language: str) -> bytes:
    """Draw a chart; at least one goal is in it."""
    seen = {one.state for track in chart.tracks for one in track.days}
    states = [state for state in MARKS if state in seen]
    heights = [_height(track) for track in chart.tracks]
    legend = -(-len(states) // _IN_A_ROW) * _LEGEND_ROW + 12
    sheet = Sheet(MARGIN + sum(heights) + legend + (_STARS if chart.stars else 0))
    top = float(MARGIN)
    for number, (track, height) in enumerate(zip(chart.tracks, heights, strict=True), start=1):
        _Block(sheet, track, language).draw(top, number)
        top += height
    _legend(sheet, top, states, language)
    if chart.stars:
        _stars(sheet, top + legend, chart.stars, language)
    return sheet.png()


def _height(track: Track) -> float:
    return 140 + _rows(track) * _MARK_ROW + len(track.weeks) * _BAR_ROW


def _rows(track: Track) -> int:
    """Tell how many marks stand under each other."""
    return max((len(states) for states in _by_day(track).values()), default=1)


def _by_day(track: Track) -> dict[date, list[DayState]]:
    found: dict[date, list[DayState]] = defaultdict(list)
    for one in track.days:
        found[one.on].append(one.state)
    return found


class _Block:
    """One goal's part of the picture."""

    def __init__(self, sheet: Sheet, track: Track, language: str) -> None:
        self._sheet = sheet
        self._track = track
        self._language = language
        self._texts = texts(language)

    def draw(self, top: float, number: int) -> None:
        """Draw it from *top* down; *number* stands for a title that cannot be drawn."""
        now = self._track.weeks[-1]
        title = _short(self._track.title)
        if not title or not can_be_drawn(title):
            title = self._texts("chart.goal", n=number)
        self._sheet.text((MARGIN, top + 12), title, _TITLE, bold=True)
        counted = self._told(now)
        if now.planned:
            counted = self._texts("chart.this_week", done=now.done, planned=now.planned)
        self._sheet.text((MARGIN, top + 40), counted, _HEAD, ink=SOFT)
        self._marks(top + 68)
        top += 78 + _rows(self._track) * _MARK_ROW
        self._sheet.text((MARGIN, top + 22), self._texts("chart.weeks"), _HEAD, ink=SOFT)
        self._bars(top + 38)

    def _marks(self, top: float) -> None:
        """Draw the days of the week in their order, each session's mark under its day."""
        by_day = _by_day(self._track)
        for place in range(7):
            on = self._track.start + timedelta(days=place)
            middle = MARGIN + _STEP * (place + 0.5)
            name = day(on, weeks.WEEKDAY, self._language)
            planned = by_day.get(on, [])
            ink = INK if planned else SOFT
            self._sheet.text((middle, top), name, _BODY, ink=ink, align="center")
            for row, state in enumerate(planned):
                MARKS[state](self._sheet, (middle, top + 27 + row * _MARK_ROW))

    def _bars(self, top: float) -> None:
        for row, week in enumerate(self._track.weeks):
            middle = top + (row + 0.5) * _BAR_ROW
            begins = day(week.start, "d MMM", self._language)
            self._sheet.text((MARGIN, middle), begins, _BODY, ink=SOFT)
            self._bar(week, middle)
            self._sheet.text((WIDTH - MARGIN, middle), self._told(week), _BODY, align="right")

    def _bar(self, week: WeekTold, middle: float) -> None:
        """Draw what was done, and what was told as not done; of the rest nothing is known."""
        if not week.planned:
            return
        each = (_BARS_RIGHT - _BARS_LEFT) / week.planned
        known = week.planned - week.unanswered - week.to_come
        self._sheet.bar((_BARS_LEFT, middle - 1), _BARS_RIGHT - _BARS_LEFT, 2, FAINT)
        for n, ink in ((known, FAINT), (week.done, GREEN)):
            if n:
                self._sheet.bar((_BARS_LEFT, middle - 6), each * n, 12, ink)

    def _told(self, week: WeekTold) -> str:
        if not week.planned:
            free = self._texts("chart.free")
            return weeks.name(DayState.SKIPPED, self._language) if week.let_go else free
        if week.unanswered == week.planned:
            return weeks.name(DayState.UNANSWERED, self._language)
        if week.to_come == week.planned:
            return weeks.name(DayState.NOT_DUE, self._language)
        return self._texts("chart.of", done=week.done, planned=week.planned)


def _legend(sheet: Sheet, top: float, states: list[DayState], language: str) -> None:
    """Explain the marks that occur."""
    step = (WIDTH - 2 * MARGIN) / _IN_A_ROW
    for place, state in enumerate(states):
        row, column = divmod(place, _IN_A_ROW)
        left, middle = MARGIN + column * step, top + row * _LEGEND_ROW + 8
        MARKS[state](sheet, (left + 8, middle), 0.6)
        sheet.text((left + 22, middle), weeks.name(state, language), 12.5, ink=SOFT)


def _stars(sheet: Sheet, top: float, stars: StarsGiven, language: str) -> None:
    """Draw how often each number of stars was given."""
    n = sum(stars.lately.values())
    heading = texts(language)("chart.stars", days=stars.days, n=n)
    sheet.text((MARGIN, top + 12), heading, _HEAD, ink=SOFT)
    most = max(stars.lately.values())
    for value in range(1, 6):
        middle, count = (
            MARGIN + (WIDTH - 2 * MARGIN) / 5 * (value - 0.5),
            stars.lately.get(value, 0),
        )
        height = max(4.0, 56 * count / most)
        bottom = top + 108
        sheet.bar((middle - 17, bottom - height), 34, height, GREEN if count else FAINT)
        sheet.text((middle, bottom - height - 11), str(count), _BODY, align="center")
        sheet.text((middle, bottom + 15), f"{value} ★", _BODY, ink=SOFT, align="center")


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"


# --- a mark for each state: its shape tells it, and its colour says the same again ---


def _check(sheet: Sheet, at: Point, size: float, ink: str) -> None:
    x, y = at
    points = [(-5.0, 0.5), (-1.5, 4.0), (5.5, -4.0)]
    sheet.line([(x + size * dx, y + size * dy) for dx, dy in points], ink, 2.6 * size)


def _done(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.disc(at, RADIUS * size, GREEN)
    _check(sheet, at, size, PAPER)


def _small(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.disc(at, RADIUS * size, PALE)
    _check(sheet, at, size * 0.8, INK)


def _partly(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.half(at, RADIUS * size, GREEN)
    sheet.ring(at, (RADIUS - 1) * size, GREEN)


def _missed(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.ring(at, (RADIUS - 1) * size, SOFT)


def _skipped(sheet: Sheet, at: Point, size: float = 1) -> None:
    x, y = at
    sheet.ring(at, (RADIUS - 1) * size, SOFT)
    sheet.line([(x - 5 * size, y), (x + 5 * size, y)], SOFT)


def _unanswered(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.ring(at, (RADIUS - 1) * size, SOFT, dotted=True)
    sheet.text(at, "?", 14 * size, ink=SOFT, align="center")


def _to_come(sheet: Sheet, at: Point, size: float = 1) -> None:
    sheet.disc(at, 4 * size, SOFT)


MARKS: dict[DayState, Callable[..., None]] = {
    DayState.DONE: _done,
    DayState.SMALL: _small,
    DayState.PARTLY: _partly,
    DayState.MISSED: _missed,
    DayState.SKIPPED: _skipped,
    DayState.UNANSWERED: _unanswered,
    DayState.NOT_DUE: _to_come,
}
"""Seven states, seven marks."""
