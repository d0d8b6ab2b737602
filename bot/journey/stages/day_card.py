"""The card that asks how a day went, or a few days: one row of buttons for each session.

A button says which days its card is about, so that a tap can draw the card again as it is by then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.journey.content import Content, Text
from bot.journey.effects import Button, Rows
from bot.journey.events import Occasion
from bot.journey.found import KnownGoal
from bot.journey.step import text
from coach.lived import Told
from coach.values import Session

_DAY = timedelta(days=1)
_LONGEST = 80
_ALONE = (("d", "p"), ("s", "m"), ("x",))
_FEW, _BESIDE_FEW, _BESIDE_MANY = 2, ("d", "m", "c"), ("d", "c")
"""Up to so many sessions have three buttons each, more have two: a card holds eight buttons."""

_ARGUMENT = re.compile(r"([dspmxca])([0-9])(?:([0-6])([0-6]))?")


@dataclass(frozen=True, slots=True)
class Line:
    """One session of a day, and what was told about it."""

    goal: int
    session: Session
    place: int
    told: Told | None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a card is about, *first* to *last*, as they are called on *today*."""

    first: date
    last: date
    today: date

    def __iter__(self) -> Iterator[date]:
        """Go through the days in their order."""
        return (self.first + n * _DAY for n in range((self.last - self.first).days + 1))

    @property
    def are_several(self) -> bool:
        """Whether it is more than one day."""
        return self.first < self.last


@dataclass(frozen=True, slots=True)
class Answer:
    """What a button of a card says: a letter, the place of its session, and the card's days."""

    code: str
    place: int
    days: Days


Card = tuple[tuple[Content, ...], Rows]


def read(argument: str, on: date, today: date) -> Answer | None:
    """Read the button of a session on a day; None where no card has such a button."""
    found = _ARGUMENT.fullmatch(argument)
    if found is None:
        return None
    before, after = (int(found[n] or 0) * _DAY for n in (3, 4))
    return Answer(found[1], int(found[2]), Days(on - before, on + after, today))


def lines_on(goals: tuple[KnownGoal, ...], on: date) -> list[Line]:
    """List the sessions of a day over all goals."""
    return [
        Line(known.number, session, place, known.life.answer(on, place))
        for known in goals
        if known.life is not None
        for place, session in enumerate(known.life.due(on))
    ]


def lay_out(goals: tuple[KnownGoal, ...], days: Days, words: int | None = None) -> Card:
    """Lay out the question about days with sessions.

    *words* is the number of the wording in which it is asked unasked; 0 reminds of it before.
    """
    lines = [line for on in days for line in lines_on(goals, on)]
    if len(lines) == 1:
        return _single(lines[0], days, words)
    codes = _BESIDE_FEW if len(lines) <= _FEW else _BESIDE_MANY
    content = (_heading(days, words), *(_line(n, one, days) for n, one in enumerate(lines, 1)))
    rows = tuple(
        tuple(_choice(line, code, days, n) for code in (("c",) if line.told else codes))
        for n, line in enumerate(lines, 1)
    )
    return content, rows


def alone(goals: tuple[KnownGoal, ...], days: Days, about: Occasion, place: int) -> Card:
    """Ask about one session anew, with every answer there is, and a way back to the others."""
    lines = [line for on in days for line in lines_on(goals, on)]
    found = (
        Line(line.goal, line.session, place, None)
        for line in lines
        if (line.goal, line.session.on, line.place) == (about.goal, about.on, place)
    )
    line = next(found, None)
    if line is None:  # the plan changed meanwhile
        return lay_out(goals, days)
    content, rows = _single(line, days)
    return content, (*rows, (_choice(line, "a", days),)) if len(lines) > 1 else rows


def _heading(days: Days, words: int | None) -> Text:
    if words is not None:
        return text(f"nudge.several.{_spoken(days)}.{words}")
    if days.are_several:
        return text("check_in.several.days")
    return text(f"check_in.several.{_when(days.last, days.today)}", day=days.last)


def _spoken(days: Days) -> str:
    if days.are_several:
        return "days"
    return "today" if days.last == days.today else "yesterday"


def _single(line: Line, days: Days, words: int | None = None) -> Card:
    session = sentence(line.session)
    if line.told is not None:
        told = text(f"check_in.told.{line.told.state.value}", session=session)
        return (told,), ((_choice(line, "c", days),),)
    on = line.session.on
    asked = text(f"check_in.ask.{_when(on, days.today)}", session=session, day=on)
    if words is not None:
        asked = text(f"nudge.session.{_spoken(days)}.{words}", session=session)
    return (asked,), tuple(tuple(_choice(line, code, days) for code in row) for row in _ALONE)


def _line(number: int, line: Line, days: Days) -> Content:
    session, on = sentence(line.session), line.session.on
    said = text(f"check_in.on.{_when(on, days.today)}", session=session, day=on)
    key = f"check_in.line.{line.told.state.value}" if line.told else "check_in.line"
    return text(key, n=number, session=said if days.are_several else session)


def _choice(line: Line, code: str, days: Days, number: int = 0) -> Button:
    label = text(f"check_in.tap.{code}")
    if number:
        kind = "change" if line.told else code
        label = text(f"check_in.numbered.{kind}", n=number)
    on = line.session.on
    span = f"{(on - days.first).days}{(days.last - on).days}" if days.are_several else ""
    return Button(label, "ci", f"{code}{line.place}{span}", Occasion(line.goal, on))


def _when(on: date, today: date) -> str:
    if on == today:
        return "today"
    return "yesterday" if on == today - _DAY else "day"


def sentence(session: Session) -> str:
    """Say a session as the beginning of a sentence."""
    said = cut(session.text, _LONGEST)
    return said[:1].upper() + said[1:]


def cut(words: str, most: int) -> str:
    """Cut words at so many letters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
