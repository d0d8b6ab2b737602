"""Find the amounts in a text, with their units in one canonical spelling."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.rules import lexicon
from coach.values import Quantity

RATES = {
    "day": "day", "morning": "day", "evening": "day", "night": "day", "daily": "day", "nightly": "day",
    "dia": "day", "día": "day", "tag": "day", "jour": "day", "день": "day", "giorno": "day", "din": "day",
    "week": "week", "wk": "week", "weekly": "week", "semana": "week", "woche": "week", "semaine": "week", "неделю": "week",
    "month": "month", "monthly": "month", "mes": "month", "monat": "month", "mois": "month", "месяц": "month", "payday": "month", "paycheck": "month",
    "year": "year", "yearly": "year",
}  # fmt: skip
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
_RUNNING = re.compile(r"\b(?:r[au]n|jog|race|parkrun|couch|sub|minutes? \d+k|walk|swim|row|bike|cycl|\d+k (?:time|in|under|by|race|run))|^\d+k\b", re.I)  # fmt: skip
_AGE = re.compile(r"\b(?:i'?m|i am|turn(?:ing)?|aged?|before|by|until) $", re.IGNORECASE)
_SKIPPED = re.compile(r"(?:\b(?:type|top|week|level|grade|year|phase|chapter|module|stage|version|part|no\.?|number|#|hsk|n)[ ]?|[#(]?(?<=\()\d and )$", re.IGNORECASE)  # fmt: skip


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


def find(text: str, dollars: bool = False) -> tuple[Amount, ...]:
    """Return every amount in *text*; "pounds" are money when the text is about money."""
    found = [_read(match, text, dollars) for match in _pattern().finditer(text)]
    return tuple(one for one in found if one)


def _read(match: re.Match[str], text: str, dollars: bool) -> Amount | None:
    unit = _unit(match, dollars)
    value = _value(match)
    if value is None or _is_no_amount(match, text, unit) or _is_article(match, unit):
        return None
    scale = (match["k"] or match["k2"] or "").lower()
    if scale == "k" and not dollars and _is_distance(value, unit, text):
        unit = "km"
    elif scale == "m" and not match["sign"]:
        unit = "m"
    else:
        value *= _SCALES.get(scale, 1)
    rate = _rate(match)
    size_end = max(match.end(name) for name in ("unit", "k", "k2", "n", "word", "race", "long"))
    end = match.end() if rate else size_end
    rate_start = match.start("every") if rate else end
    return Amount(Quantity(value, _with_rate(unit, rate)), match.start(), end, rate, size_end, rate_start)


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


def _unit(match: re.Match[str], dollars: bool) -> str:
    if match["race"]:
        return "min"
    if match["long"]:
        return "h"
    typed = (match["sign"] or match["unit"] or "").lower()
    if typed == "time":  # "my 5k time" is no count
        return ""
    if dollars and typed in ("pound", "pounds"):
        return "GBP"
    return _units().get(typed, "")


def _is_no_amount(match: re.Match[str], text: str, unit: str) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    if unit or match["k"] or match["k2"]:
        return False
    return bool(_SKIPPED.search(before)) or (
        bool(_AGE.search(before))
        and not match["rate"]
        and re.match(r"\s?(?:$|[,.;!)]|and|i\b|years)", text[match.end() :])
        is not None  # fmt: skip
    )


def _is_article(match: re.Match[str], unit: str) -> bool:
    """Tell "a week", which says how often, from "an hour", which says how long."""
    return match["word"] in ("a", "an", "A", "An") and unit in ("days", "weeks", "months", "years", "nights", "times", "items", "people", "sessions", "calls", "meals", "sketches")  # fmt: skip


def _is_distance(value: float, unit: str, text: str) -> bool:
    return not unit and value in _RACE_DISTANCES and _RUNNING.search(text) is not None


def _rate(match: re.Match[str]) -> str | None:
    typed = match["rate"] or match["rate2"]
    return RATES[typed.lower().rstrip("s") if typed.lower() not in RATES else typed.lower()] if typed else None  # fmt: skip


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
    signs = lexicon.verbatim(("€", "$", "£", "us$", "r$", "₹", "¥", "₽", "a$", "c$"))
    units = lexicon.verbatim(_units())
    words = lexicon.verbatim(_words())
    rates = lexicon.verbatim(RATES)
    worded = lexicon.verbatim(word for word in _units() if word[0].isalpha() and len(word) > 1)
    number = r"\d{1,3}(?:[ .,']\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
    every = rf"(?:\s?/\s?|\s(?:per|a|an|each|every|every single|al|por|pro|am|par|в)\s)(?P<rate>{rates})s?(?!\w)|[\s-](?P<rate2>daily|weekly|monthly|yearly|nightly)(?!\w)"  # fmt: skip
    return re.compile(
        rf"(?P<race>(?<![\w.,:])(?<=in\s|er\s|ub\s|an\s|ub-|of\s)\d{{1,3}}:[0-5]\d(?![\d:]))"
        rf"|(?P<long>(?<![\w.,:])\d{{1,2}}h[0-5]\d(?!\d))"
        rf"|(?:(?P<sign>{signs})\s?|(?<![A-Za-zÀ-ɏА-я\d_.,:/'])(?<!\d\s)[~+]?)"
        rf"(?:(?P<n>{number})(?!st\b|nd\b|rd\b|th\b|[:\d])(?:\s?(?P<k>k|m|mln|bn|thousand|million|billion)(?!\w))?\+?|(?P<word>{words})(?=\s(?:more\s|new\s|full\s|extra\s)?(?:(?:{worded})(?!\w)|(?:thousand|million)\s))(?:\s(?P<k2>thousand|million)(?!\w))?)"
        rf"(?:[\s-]?(?:(?:more|new|full|extra|job|cold|grant|freelance|blog|sales|german|english|spanish|french|italian|short|research|practice|paying|active|flash|journal|free|solid|focused|good|deep|consecutive|whole|different|home-cooked|healthy|alcohol-free)\s)?(?P<unit>{units})(?!\w))?"
        rf"(?:(?:\s(?:of\s)?(?!(?:in|by|for|until|before|and|or|but|at|on|from|to|i|a|an|per|each|every|with)\s)[a-z'-]+){{0,3}}?(?P<every>{every}))?",
        re.IGNORECASE,
    )
