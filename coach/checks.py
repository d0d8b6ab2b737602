"""What can go wrong in one answer of the coach, found by machine."""

import re
from datetime import date, timedelta
from typing import Any

from coach import cards, formats
from coach.road import EndToEnd
from coach.rules import amounts, forbidden, scores
from coach.values import Quantity, Route, Slot

MOST_QUESTIONS = 3
_KEEPS_FACTS = (Route.COACH, Route.CLARIFY, Route.SPLIT)  # what is too fast is not repeated
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_DAY_PATTERNS = ("EEEE d MMMM y", "d MMMM y", "d MMM y", "EEE d MMM y")
_GIVEN = {
    Slot.AMOUNT: ("amount",),
    Slot.FREQUENCY: ("per_week", "days"),
    Slot.DEADLINE: ("deadline",),
    Slot.BASELINE: ("baseline",),
    Slot.HOURS: ("hours_per_week",),
    Slot.MODE: ("mode",),
    Slot.TRIGGERS: ("triggers",),
}


def problems(way: EndToEnd, row: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """List what is wrong with one answer, in words an engineer can search for."""
    text = said(row)
    found = [f"forbidden word: {word}" for word in forbidden.found(text, way.language)]
    found += [f"number dropped: {number}" for number in dropped_numbers(way, text, expected)]
    found += [f"date dropped: {day}" for day in dropped_dates(way, text, expected)]
    found += [f"asked for what was given: {slot}" for slot in asked_again(way)]
    if len(way.reading.questions) > MOST_QUESTIONS:
        found.append(f"too many questions: {len(way.reading.questions)}")
    return found + _too_long(row) + _too_low(way)


def said(row: dict[str, Any]) -> str:
    """Gather everything the person would read."""
    texts = [row["reply"], *row["parts"], *row["options"]]
    texts += [row[name]["text"] for name in ("resolution", "plan") if row[name]]
    return "\n".join(texts)


def asked_again(way: EndToEnd) -> list[str]:
    """List the slots that are asked for although they are known."""
    u = way.reading.understanding
    asked = [question.slot for question in way.reading.questions]
    return [slot.value for slot in asked if any(getattr(u, name) for name in _GIVEN.get(slot, ()))]


def dropped_numbers(way: EndToEnd, text: str, expected: dict[str, Any]) -> list[str]:
    """List the expected numbers that no text holds, in any notation."""
    if way.reading.route not in _KEEPS_FACTS:
        return []
    values = {_value(match) for match in _NUMBER.findall(text)}
    values |= {_clock(match) for match in re.findall(r"\b\d\d:\d\d\b", text)}
    return [
        f"{number['value']:g} {number['unit']}"
        for number in expected.get("preserve", {}).get("numbers", ())
        if not _forms(number) & values and not _in_words(number, text)
    ]


def dropped_dates(way: EndToEnd, text: str, expected: dict[str, Any]) -> list[str]:
    """List the expected dates that no text holds; ambiguous ones have to be asked."""
    if way.reading.route not in _KEEPS_FACTS:
        return []
    wanted = expected.get("preserve", {}).get("dates", ())
    asks = any(q.slot is Slot.DATE_ORDER for q in way.reading.questions)
    return [
        day["text"]
        for day in wanted
        if not (asks if day.get("ambiguous") else _holds_date(day, text, way.language))
    ]


def _holds_date(day: dict[str, Any], text: str, language: str) -> bool:
    if day["text"].lower() in text.lower():
        return True
    first = date.fromisoformat(day["iso"])
    last = date.fromisoformat(day.get("iso_to") or day["iso"])
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    written = (formats.day(one, pattern, language) for one in days for pattern in _DAY_PATTERNS)
    return any(one in text for one in written)


def _value(figure: str) -> float:
    grouped = re.fullmatch(r"\d+(?:[.,\u00a0 ]\d{3})+", figure)
    return float(re.sub(r"[.,\u00a0 ]", "", figure) if grouped else figure.replace(",", "."))


def _clock(figure: str) -> float:
    hours, _, minutes = figure.partition(":")
    return int(hours) + int(minutes) / 60


def _forms(number: dict[str, Any]) -> set[float]:
    """Return the figures a number may be said in: half an hour is 30 minutes too."""
    quantity = Quantity(float(number["value"]), str(number["unit"]))
    return {quantity.value, amounts.handy(quantity).value}


def _in_words(number: dict[str, Any], text: str) -> bool:
    """Accept "1,000,000" said as "a million", and a frequency said as "every Sunday"."""
    value, unit = float(number["value"]), str(number["unit"])
    words = {1_000_000.0: "million", 1.0: "once", 2.0: "twice"}
    if value in words and words[value] in text:
        return True
    return unit.startswith("times") and value in (1.0, 7.0) and "every" in text


def _too_long(row: dict[str, Any]) -> list[str]:
    limits = (("resolution", cards.MOST_RESOLUTION), ("plan", cards.MOST_PLAN))
    return [
        f"too long: {name}, {len(row[name]['text'])} characters"
        for name, most in limits
        if row[name] and len(row[name]["text"]) > most
    ]


def _too_low(way: EndToEnd) -> list[str]:
    if way.resolution is None:
        return []
    scored = scores.resolution(way.resolution, way.understanding)
    return [] if scored.overall >= scores.ENOUGH_MEAN else [f"resolution score: {scored.overall}"]
