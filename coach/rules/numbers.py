"""Find the amounts in a text, with their units in one canonical spelling."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.rules import lexicon
from coach.values import Quantity

RATES = {
    "day": "day",
    "morning": "day",
    "evening": "day",
    "night": "day",
    "daily": "day",
    "nightly": "day",
    "dia": "day",
    "día": "day",
    "tag": "day",
    "jour": "day",
    "день": "day",
    "giorno": "day",
    "din": "day",
    "week": "week",
    "wk": "week",
    "weekly": "week",
    "semana": "week",
    "woche": "week",
    "semaine": "week",
    "неделю": "week",
    "month": "month",
    "monthly": "month",
    "mes": "month",
    "monat": "month",
    "mois": "month",
    "месяц": "month",
    "payday": "month",
    "paycheck": "month",
    "year": "year",
    "yearly": "year",
}
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
_RACE_DISTANCES = (1, 2, 3, 5, 8, 10, 12, 15, 16, 20, 21, 25, 30, 42, 50, 100)
_AGE = re.compile(r"\b(?:i'?m|i am|turn(?:ing)?|aged?|before|by|until) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity, where it stands in the text, and the rate said with it ("a day")."""

    quantity: Quantity
    start: int
    end: int
    rate: str | None = None
    size_end: int = 0  # where number and unit end
    rate_start: int = 0  # where " a day" begins; equal to `end` without a rate

    @property
    def unit(self) -> str:
        """Return the unit without its rate."""
        return self.quantity.unit.split("/")[0]


def find(text: str, money: bool = False) -> tuple[Amount, ...]:
    """Return every amount in *text*; "pounds" are money when the text is about money."""
    found = [_read(match, text, money) for match in _pattern().finditer(text)]
    return tuple(one for one in found if one)


def _read(match: re.Match[str], text: str, money: bool) -> Amount | None:
    unit = _unit(match, money)
    value = _value(match)
    if value is None or _is_no_amount(match, text, unit) or _is_article(match, unit):
        return None
    scale = (match["k"] or match["k2"] or "").lower()
    if scale == "k" and not money and _is_distance(value, unit, text):
        unit = "km"
    elif scale == "m" and not match["sign"]:
        unit = "m"
    else:
        value *= _SCALES.get(scale, 1)
    rate = _rate(match)
    size_end = max(match.end(name) for name in ("unit", "k", "k2", "n", "word", "race", "long"))
    end = match.end() if rate else size_end
    rate_start = match.start("every") if rate else end
    full = f"/{rate}" if money and rate and not unit else _with_rate(unit, rate)
    return Amount(Quantity(value, full), match.start(), end, rate, size_end, rate_start)


def _value(match: re.Match[str]) -> float | None:
    if match["race"]:
        minutes, seconds = match["race"].split(":")
        return int(minutes) + int(seconds) / 60
    if match["long"]:
        hours, minutes = re.split(r"[h:]", match["long"].lower())
        return int(hours) + int(minutes) / 60
    if match["word"]:
        return _words().get(match["word"].lower())
    return digits(match["n"])


def digits(typed: str) -> float:
    """Read "3,000", "4.200", "1 000", "2,5" and "80"."""
    if re.fullmatch(r"\d{1,3}(?:[ .,']\d{3})+", typed):
        return float(re.sub(r"\D", "", typed))
    return float(typed.replace(",", "."))


def _unit(match: re.Match[str], money: bool) -> str:
    if match["race"]:
        return "min"
    if match["long"]:
        return "h"
    typed = (match["sign"] or match["unit"] or "").lower()
    if typed == "time":  # "my 5k time" is no count
        return ""
    if money and typed in ("pound", "pounds"):
        return "GBP"
    return _units().get(typed, "")


def _is_no_amount(match: re.Match[str], text: str, unit: str) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    if unit or match["k"] or match["k2"]:
        return False
    return bool(lexicon.wording("numbers", "skipped").search(before)) or (
        bool(_AGE.search(before))
        and not match["rate"]
        and re.match(r"\s?(?:$|[,.;!)]|and|i\b|years)", text[match.end() :]) is not None
    )


def _is_article(match: re.Match[str], unit: str) -> bool:
    """Tell "a week", which says how often, from "an hour", which says how long."""
    return match["word"] in ("a", "an", "A", "An") and unit in (
        "days",
        "weeks",
        "months",
        "years",
        "nights",
        "times",
        "items",
        "people",
        "sessions",
        "calls",
        "meals",
        "sketches",
    )


def _is_distance(value: float, unit: str, text: str) -> bool:
    return (
        not unit
        and value in _RACE_DISTANCES
        and lexicon.wording("numbers", "running").search(text) is not None
    )


def _rate(match: re.Match[str]) -> str | None:
    typed = match["rate"] or match["rate2"]
    return (
        RATES[typed.lower().rstrip("s") if typed.lower() not in RATES else typed.lower()]
        if typed
        else None
    )


def _with_rate(unit: str, rate: str | None) -> str:
    if unit == "count" or not unit:
        return f"per {rate}" if rate else ("count" if unit else "")
    return f"{unit}/{rate}" if rate else unit


@cache
def _words() -> dict[str, float]:
    return {**lexicon.table("en/numbers")["words"], "half an": 0.5, "half a": 0.5, "half": 0.5}


@cache
def _units() -> dict[str, str]:
    rows: dict[str, Any] = lexicon.table("en/numbers")
    spelled = {**rows["units"], **rows["currencies"]}
    return {word: name for name, words in spelled.items() for word in words}


@cache
def _pattern() -> re.Pattern[str]:
    forms = lexicon.table("forms")["amounts"]
    units = _units()
    own = {name: "".join(forms[name]) for name in ("number", "adjectives", "every")}
    words = {
        "signs": ("€", "$", "£", "us$", "r$", "₹", "¥", "₽", "a$", "c$"),
        "units": units,
        "words": _words(),
        "rates": RATES,
        "worded": [word for word in units if word[0].isalpha() and len(word) > 1],
    }
    roles = {name: lexicon.verbatim(spelled) for name, spelled in words.items()}
    return lexicon.form("amounts", "amount", {**own, **roles})
