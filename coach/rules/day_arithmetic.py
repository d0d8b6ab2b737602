"""Days of the calendar: the next occurrence of a date, spans, and moving holidays."""

from calendar import monthrange
from datetime import date, timedelta


def on(year: int, month: int, day: int) -> date | None:
    """Return that day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(today: date, month: int, day: int, year: int | None = None) -> date | None:
    """Return the next such day from *today* on, or the one of *year*; None for 31 April."""
    if year is not None:
        return on(year, month, day)
    candidates = (on(today.year + ahead, month, day) for ahead in range(9))
    return next((one for one in candidates if one and one >= today), None)


def full_year(typed: str | None) -> int | None:
    """Read "27" and "2027" as 2027."""
    if not typed:
        return None
    year = int(typed.strip("'"))
    return year + 2000 if year < 100 else year


def year_of_coming(today: date, month: int) -> int:
    """Return the year in which *month* comes next, this month included."""
    return today.year + (month < today.month)


def month(year: int, number: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def monthly(today: date, day: int) -> date | None:
    """Return the next day that is the *day*-th of a month."""
    months = [
        month(today.year + n // 12, n % 12 + 1)[0] for n in range(today.month - 1, today.month + 3)
    ]
    candidates = (on(first.year, first.month, day) for first in months)
    return next((one for one in candidates if one and one >= today), None)


def later(today: date, amount: float, unit: str) -> date | None:
    """Return the day *amount* days, weeks, months or years after *today*; None when absurd."""
    if amount > {"day": 20000, "week": 3000, "month": 700, "year": 60}[unit]:
        return None
    if unit in ("day", "week"):
        return today + timedelta(days=round(amount * (7 if unit == "week" else 1)))
    months = today.month - 1 + round(amount * (12 if unit == "year" else 1))
    first, last = month(today.year + months // 12, months % 12 + 1)
    return min(last, first + timedelta(days=today.day - 1))


def span(today: date, unit: str, coming: bool, at_end: bool) -> tuple[date, date]:
    """Return the days of "this week", "next month", "end of the year": from when to when."""
    ahead = int(coming)
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
        first, last = monday, monday + timedelta(days=6)
    elif unit == "month":
        months = today.month - 1 + ahead
        first, last = month(today.year + months // 12, months % 12 + 1)
    else:
        first, last = date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)
    if unit == "weekend":
        first, last = (today + timedelta(days=5 - today.weekday() + more) for more in (0, 1))
    return (first, last) if ahead and not at_end else (last, last)


def holiday(name: str, today: date, year: int | None) -> tuple[date, date]:
    """Return the first and last day of the next *name*, or of the one in *year*."""
    for candidate in range(year or today.year, (year or today.year) + 3):
        first, last = _holiday_in(name, candidate)
        if last >= today:
            return first, last
    return today, today


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian, by the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    total = h + k - 7 * m + 114
    return date(year, total // 31, total % 31 + 1)


def _holiday_in(name: str, year: int) -> tuple[date, date]:
    if name == "easter":
        return easter(year), easter(year)
    if name == "new_year":
        return date(year, 12, 31), date(year + 1, 1, 1)
    if name == "thanksgiving":  # the fourth Thursday of November
        first = date(year, 11, 1)
        day = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        return day, day
    number, day_of_month = {"christmas": (12, 25), "halloween": (10, 31), "valentine": (2, 14)}[
        name
    ]
    return date(year, number, day_of_month), date(year, number, day_of_month)
