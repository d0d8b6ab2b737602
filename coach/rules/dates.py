"""Find the dates in a text: what was typed, and the days it means from *today* on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from coach.rules import date_words, day_arithmetic, lexicon
from coach.rules.date_words import Words
from coach.values import FoundDate


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date and where in the text it stands; `numeric` when its digits are not amounts."""

    found: FoundDate
    start: int
    end: int
    numeric: bool


_SOON = 3  # months
_HALF_A_MONTH = 15

Reader = Callable[[re.Match[str], date, Words], tuple[date, date, date | None] | None]


def find(text: str, today: date, language: str = "en") -> tuple[DateAt, ...]:
    """Return every date of *text* that is not past, in the order of the text."""
    taken: list[DateAt] = []
    once = lexicon.wording("dates", "once", language).search(text) is not None
    for pattern, reader in _forms(once, language):
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in taken):
                continue
            taken.extend(_read(match, reader, today, date_words.words(language)))
    return tuple(sorted(taken, key=lambda one: one.start))


def first_weekday(text: str, today: date, language: str = "en") -> DateAt | None:
    """Return the one weekday that *text* begins with, as a date: what begins "on Monday"."""
    match = date_words.pattern("first_weekday", language).match(text)
    return next(_read(match, _weekday, today, date_words.words(language)), None) if match else None


def due(found: FoundDate) -> date:
    """Return the day to plan for: the first of "by March", the last of "in March"."""
    return found.last if date_words.is_within(found.text) else found.first


def _read(match: re.Match[str], reader: Reader, today: date, w: Words) -> Iterator[DateAt]:
    days = reader(match, today, w)
    if days is None or days[1] < today:
        return
    first, last, other = days
    found = FoundDate(match.group().strip(" ,"), max(first, today), last, other)
    yield DateAt(found, match.start(), match.end(), reader is not _relative)


def _iso(match: re.Match[str], today: date, _: Words) -> tuple[date, date, date | None] | None:
    day = day_arithmetic.on(int(match["y"]), int(match["m"]), int(match["d"]))
    return (day, day, None) if day else None


def _slashed(match: re.Match[str], today: date, _: Words) -> tuple[date, date, date | None] | None:
    one, two, mark = int(match["one"]), int(match["two"]), match["mark"]
    year = _year_in(match, today)
    day_first = day_arithmetic.coming(today, two, one, year)
    month_first = day_arithmetic.coming(today, one, two, year)
    if mark == "." or one == two or month_first is None:
        return (day_first, day_first, None) if day_first else None
    if day_first is None:
        return month_first, month_first, None
    return day_first, day_first, month_first


def _named_day(
    match: re.Match[str], today: date, w: Words
) -> tuple[date, date, date | None] | None:
    number = int(match["d"] or match["d2"])
    month = w.months[(match["month"] or match["month2"]).lower()]
    day = day_arithmetic.coming(today, month, number, _year_in(match, today))
    return (day, day, None) if day else None


def _year_in(match: re.Match[str], today: date) -> int | None:
    """Return the year that was typed behind a day or month: "2027", "next year"."""
    if match.groupdict().get("ahead"):
        return today.year + 1
    return day_arithmetic.full_year(match["y"])


def _month(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None] | None:
    month = w.months[(match["month"] or match["month2"]).lower()]
    year = _year_in(match, today) or day_arithmetic.year_of_coming(today, month)
    near = match["y"] is None and year == today.year and month - today.month < _SOON
    part = (match["part"] or match["part2"] or "").lower()
    if near and (w.holds("next", match.group()) or _is_nearly_over(month, part, today)):
        year += 1  # "next December", said in November, is not the one at the door
    first, last = day_arithmetic.month(year, month)
    role = next((one for one in ("end", "start", "middle", "late") if part in w.roles[one]), None)
    middle, late = first + timedelta(days=14), first + timedelta(days=20)
    spans = {
        "end": (last, last),
        "start": (first, first),
        "middle": (middle, middle),
        "late": (late, last),
    }
    return (*spans.get(role or "", (first, last)), None)


def _is_nearly_over(month: int, part: str, today: date) -> bool:
    """Tell whether a bare month is the present one, too far gone to be meant: "by November"."""
    return not part and month == today.month and today.day > _HALF_A_MONTH


def _relative(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None] | None:
    amount = w.number(match["n"])
    day = day_arithmetic.later(today, amount, w.span(match["unit"])) if amount else None
    return (day, day, None) if day else None


def _weekday(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None]:
    ahead = (w.weekdays[match["weekday"].lower()] - today.weekday()) % 7 or 7
    day = today + timedelta(days=ahead)
    return day, day, None


def _named_span(
    match: re.Match[str], today: date, w: Words
) -> tuple[date, date, date | None] | None:
    unit, said = w.span(match["unit"]), match.group()
    return (*day_arithmetic.span(today, unit, w.holds("next", said), w.holds("end", said)), None)


def _year(match: re.Match[str], today: date, _: Words) -> tuple[date, date, date | None] | None:
    year = int(match["y"])
    if year > today.year + 60:
        return None
    first = date(year, 12, 31) if match["part"] else date(year, 1, 1)
    return first, date(year, 12, 31), None


def _quarter(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None]:
    half = 6 if match["half"] and w.is_one_of("first", match["half"]) else 12
    month = int(match["q"]) * 3 if match["q"] else half
    year = _year_in(match, today) or day_arithmetic.year_of_coming(today, month)
    last = day_arithmetic.month(year, month)[1]
    return last, last, None


def _holiday(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None]:
    year = _year_in(match, today)
    first, last = day_arithmetic.holiday(w.holidays[match["holiday"].lower()], today, year)
    return first, last, None


def _tomorrow(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None]:
    ahead = ("today", "tomorrow", "day_after")
    day = today + timedelta(days=[w.is_one_of(role, match["day"]) for role in ahead].index(True))
    return day, day, None


def _monthly(match: re.Match[str], today: date, w: Words) -> tuple[date, date, date | None] | None:
    if w.holds("monthly", match.string):  # "every month on the 1st" says how often
        return None
    day = day_arithmetic.monthly(today, int(match["d"]))
    return (day, day, None) if day else None


@cache
def _forms(once: bool, language: str) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    sources: tuple[tuple[str, Reader], ...] = (
        ("iso", _iso),
        ("slashed", _slashed),
        ("named_day", _named_day),
        ("year_span", _quarter),
        ("month", _month),
        ("relative", _relative),
        ("weekday", _weekday),
        ("holiday", _holiday),
        ("named_span", _named_span),
        ("tomorrow", _tomorrow),
        ("monthly", _monthly),
        ("year_alone", _year),
    )
    if once:  # "hand in my essay on Friday" is a date, "call Anna on Fridays" is not
        sources = (*sources, ("on_weekday", _weekday))
    return tuple((date_words.pattern(name, language), reader) for name, reader in sources)
