"""Find the amounts in a text, with their units in one canonical spelling."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.rules import date_words, lexicon
from coach.values import Quantity

_RACE_DISTANCES = (1, 2, 3, 5, 8, 10, 12, 15, 16, 20, 21, 25, 30, 42, 50, 100)
ARTICLES = ("a", "an", "un", "una")
_MEASURES = ("min", "h", "km", "mi", "m", "kg", "lb", "st", "l", "ml", "glasses", "cups")
_NEVER_COUNTED = (
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


def find(text: str, money: bool = False, language: str = "en") -> tuple[Amount, ...]:
    """Return every amount in *text*; "pounds" are money when the text is about money."""
    found = [_read(match, text, money, language) for match in _pattern(language).finditer(text)]
    return tuple(one for one in found if one)


def _read(match: re.Match[str], text: str, money: bool, language: str) -> Amount | None:
    unit = _unit(match, money, language)
    value = _value(match, language)
    if value is None or _is_no_amount(match, text, unit, language) or _is_article(match, unit):
        return None
    scale = (match["k"] or match["k2"] or "").lower()
    if scale == "k" and not money and _is_distance(value, unit, text, language):
        unit = "km"
    elif scale == "m" and not match["sign"]:
        unit = "m"
    else:
        value *= _scales(language).get(scale, 1)
    value += 0.5 if match["and_half"] else 0.0
    every = rate(match["rate"] or match["rate2"] or "", language)
    ends = (
        "k",
        "k2",
        "n",
        "word",
        "race",
        "long",
        *(() if match["sign"] else ("unit", "and_half")),
    )
    size_end = max(match.end(name) for name in ends)
    end = match.end() if every else size_end
    rate_start = match.start("every") if every else end
    full = f"/{every}" if money and every and not unit else _with_rate(unit, every)
    return Amount(Quantity(value, full), match.start(), end, every, size_end, rate_start)


def _value(match: re.Match[str], language: str) -> float | None:
    if match["race"]:
        minutes, seconds = match["race"].split(":")
        return int(minutes) + int(seconds) / 60
    if match["long"]:
        hours, minutes = re.split(r"[h:]", match["long"].lower())
        return int(hours) + int(minutes) / 60
    if match["word"]:
        return _words(language).get(lexicon.bare(match["word"]))
    return digits(match["n"])


def digits(typed: str) -> float:
    """Read "3,000", "4.200", "1 000", "2,5" and "80"; what is beyond date_words.MOST is that."""
    if re.fullmatch(r"\d{1,3}(?:[ .,']\d{3})+", typed):
        return min(float(re.sub(r"\D", "", typed)), date_words.MOST)
    return min(float(typed.replace(",", ".")), date_words.MOST)


def _unit(match: re.Match[str], money: bool, language: str) -> str:
    if match["race"]:
        return "min"
    if match["long"]:
        return "h"
    typed = (match["sign"] or match["unit"] or "").lower()
    if typed == "time":  # "my 5k time" is no count
        return ""
    if money and typed in ("pound", "pounds"):
        return "GBP"
    return _units(language).get(typed, "")


def _is_no_amount(match: re.Match[str], text: str, unit: str, language: str) -> bool:
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
    if unit or match["k"] or match["k2"]:
        return False
    if lexicon.wording("numbers", "skipped", language).search(before):
        return True
    aged = lexicon.wording("numbers", "age_before", language).search(before) is not None
    alone = lexicon.wording("numbers", "age_after", language).match(after) is not None
    return aged and alone and not match["rate"]


def _is_article(match: re.Match[str], unit: str) -> bool:
    """Tell "a book" and "a week", which count nothing, from "an hour" and "a page a day"."""
    if match["k2"] or (match["word"] or "").lower() not in (*ARTICLES, "one"):
        return False
    counted = match["every"] is not None and unit not in _NEVER_COUNTED
    return unit not in _MEASURES and not counted


def _is_distance(value: float, unit: str, text: str, language: str) -> bool:
    return (
        not unit
        and value in _RACE_DISTANCES
        and lexicon.wording("numbers", "running", language).search(text) is not None
    )


def rate(typed: str, language: str) -> str | None:
    """Return what "daily", "week" or "payday" counts by: day, week, month or year."""
    typed, rates = typed.lower(), _rates(language)
    return rates.get(typed) or rates.get(typed.rstrip("s"))


def _with_rate(unit: str, rate: str | None) -> str:
    if unit == "count" or not unit:
        return f"per {rate}" if rate else ("count" if unit else "")
    return f"{unit}/{rate}" if rate else unit


@cache
def _words(language: str) -> dict[str, float]:
    rows = lexicon.table(f"{language}/numbers")
    spelled: dict[str, float] = {**rows["words"], **rows["halves"]}
    return {lexicon.bare(word): value for word, value in spelled.items()}


@cache
def _units(language: str) -> dict[str, str]:
    rows: dict[str, Any] = lexicon.table(f"{language}/numbers")
    return lexicon.by_word({**rows["units"], **rows["currencies"]})


@cache
def _rates(language: str) -> dict[str, str]:
    own = lexicon.table(f"{language}/numbers")["rates"]
    return {**lexicon.by_word(lexicon.table("world")["rates"]), **lexicon.by_word(own)}


@cache
def _scales(language: str) -> dict[str, float]:
    scales: dict[str, float] = lexicon.table(f"{language}/numbers")["scales"]
    return {**{lexicon.bare(word): value for word, value in scales.items()}, **scales}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    units, scales = _units(language), _scales(language)
    names = ("number", "adjectives", "every")
    own = {name: lexicon.piece("amounts", name, language) for name in names}
    words = {
        "signs": ("€", "$", "£", "us$", "r$", "₹", "¥", "₽", "a$", "c$"),
        "units": units,
        "words": _words(language),
        "rates": _rates(language),
        "worded": [word for word in units if word[0].isalpha() and len(word) > 1],
        "scales": scales,
        "weekdays": date_words.words(language).weekdays,
        "worded_scales": [word for word in scales if len(word) > 2 and word != "mln"],
    }
    roles = {name: lexicon.verbatim(spelled) for name, spelled in words.items()}
    return lexicon.form("amounts", "amount", {**own, **roles}, language)
