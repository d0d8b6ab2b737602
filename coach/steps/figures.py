"""The figures of a text: numbers with their units, times of day, days and months.

Two notations of one figure are one: "1,000" and "a thousand", "half an hour" and "30 minutes".
"""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import amounts, date_words, lexicon, numbers

_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d.,:])")
_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_TENS = range(20, 100, 10)
_COUNTED = ("", "count", "times", "items", "sessions")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one or more texts, each as what it means."""

    values: frozenset[float]
    units: frozenset[tuple[float, str]]  # of the values that have one
    days: frozenset[str]  # "day 0" is Monday, "month 1" January, "07:30"

    def beyond(self, known: "Figures", counts: bool = False) -> bool:
        """Tell whether something here is not in *known*; *counts* allows bare 1 to 10."""
        free = frozenset(float(n) for n in range(1, 11)) if counts else frozenset((1.0,))
        if not self.values <= known.values | free or not self.days <= known.days:
            return True
        named = {value for value, _ in known.units}
        return any(
            pair not in known.units and (pair[0] in named or pair[0] not in known.values)
            for pair in self.units
        )

    def holds(self, needed: "Figures") -> bool:
        """Tell whether all of *needed* is here, whatever its unit is called."""
        return needed.values <= self.values and needed.days <= self.days


def of(text: str, language: str) -> Figures:
    """Read the figures of *text*."""
    times = {f"{int(h):02d}:{m}" for h, m in _TIME.findall(text)}
    rest = _TIME.sub(" ", text)
    values = {_value(typed) for typed in _DIGITS.findall(rest)} | _spelled(rest, language)
    units: set[tuple[float, str]] = set()
    for one in numbers.find(rest, language=language):
        quantity = one.quantity
        value, unit = quantity.value, amounts.base(quantity.unit)
        if unit == "h":
            value, unit = value * 60, "min"
            values |= {value} if value == int(value) and value < 60 else set()
        values.add(quantity.value)
        if unit not in _COUNTED:
            units.add((round(value, 2), unit))
    return Figures(frozenset(values), frozenset(units), frozenset(times | _named(rest, language)))


def _value(typed: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:\D\d{3})+", typed)
    return float(re.sub(r"\D", "", typed) if grouped else typed.replace(",", "."))


def _spelled(text: str, language: str) -> set[float]:
    """Read numbers in words, "twenty-five" as one; "one" and "a" count nothing."""
    words = _number_words(language)
    typed = [words.get(lexicon.bare(word)) for word in re.findall(r"[^\W\d_]+|[^\w\s]", text)]
    found: set[float] = set()
    tens = 0.0
    for value in (*(value for value in typed if value != _SKIPPED), None):
        if tens and value is not None and value < 10:
            found.add(tens + value)
            tens = 0.0
            continue
        found |= {tens} if tens else set()
        tens = value if value is not None and value in _TENS else 0.0
        found |= {value} if value is not None and not tens else set()
    return found


_SKIPPED = -1.0  # what may stand inside a number: "twenty-five", "treinta y cinco"


@cache
def _number_words(language: str) -> dict[str, float]:
    rows: dict[str, float] = lexicon.table(f"{language}/numbers")["words"]
    more: dict[str, float] = lexicon.table(f"{language}/claims")["numbers"]
    known = {lexicon.bare(word): value for word, value in {**rows, **more}.items() if value > 1}
    known.pop("once", None) if language == "en" else None
    return {**known, "-": _SKIPPED, **({"y": _SKIPPED} if language == "es" else {})}


def _named(text: str, language: str) -> set[str]:
    """Read days and months by name; "may" and "march" only where they are written as names."""
    words = date_words.words(language)
    found: set[str] = set()
    for match in re.finditer(r"[^\W\d_]+", text):
        typed = match[0].lower()
        if typed in words.weekdays and len(typed) > 2:
            found.add(f"day {words.weekdays[typed]}")
        elif typed in words.months and _is_month(match, text, language):
            found.add(f"month {words.months[typed]}")
    return found


def _is_month(match: re.Match[str], text: str, language: str) -> bool:
    if language != "en":
        return len(match[0]) > 3
    begins = not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in ".!?"
    return match[0][0].isupper() and (len(match[0]) > 4 or not begins)
