"""Find times of day in a text, and the usual time of a cue such as "after work"."""

import re
from dataclasses import dataclass
from datetime import time

from coach.rules import lexicon

_NAMED = re.compile(r"(?<!\w)(?P<name>noon|midday|midnight)(?!\w)", re.IGNORECASE)
_NAMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_LATE = re.compile(r"\b(?:bed|sleep|asleep|lights|evening|night|dinner|screens?|phone)\b", re.I)
_AFTER_NOON = re.compile(
    r"\b(?:(?:leave|leaving|finish|stop) (?:work|working|the office)|home)\b", re.I
)
_EARLY = re.compile(r"\b(?:morning|wake|waking|get up|getting up|a\.?m)\b", re.IGNORECASE)
_RACE_TIME = re.compile(r"(?:\b(?:in|under|sub|below|than|of)[ -]|-)$", re.IGNORECASE)
_HOUR_LEAD = re.compile(r"(?:at|by|before|until|till|around|um|às|a las|à|в)\s?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeAt:
    """A time of day and where in the text it stands."""

    at: time
    start: int
    end: int


def find(text: str) -> tuple[TimeAt, ...]:
    """Return the times of day in *text*, in its order."""
    found = [
        TimeAt(_NAMES[one["name"].lower()], one.start(), one.end()) for one in _NAMED.finditer(text)
    ]
    for match in lexicon.wording("times", "clock").finditer(text):
        at = _read(match, text)
        if at is not None and not any(one.start <= match.start() < one.end for one in found):
            found.append(
                TimeAt(
                    at,
                    match.start() + len(match.group()) - len(match.group().lstrip()),
                    match.end(),
                )
            )
    return tuple(sorted(found, key=lambda one: one.start))


def of_cue(cue: str) -> time | None:
    """Return the usual time of a cue: "after work" is 18:00; None when it has none."""
    for row in lexicon.table("en/cues")["at"]:
        if lexicon.either(row["cues"]).search(cue):
            return row["time"]
    return None


def _read(match: re.Match[str], text: str) -> time | None:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half, mark = (match["half"] or "").lower(), match["mark"]
    counted = not half and mark != ":" and not _is_hour(match, text)
    if hour > 23 or counted or (not half and _RACE_TIME.search(text[: match.start("h")])):
        return None
    if half.startswith("p") and hour < 12:
        return time(hour + 12, minute)
    if half.startswith("a") and hour == 12:
        return time(0, minute)
    if not half and hour in (8, 9, 10, 11) and _LATE.search(text) and not _EARLY.search(text):
        return time(hour + 12, minute)
    if not half and 1 <= hour <= 7 and _AFTER_NOON.search(text[: match.start("h")]):
        return time(hour + 12, minute)
    return time(hour, minute)


def _is_hour(match: re.Match[str], text: str) -> bool:
    """Tell whether a bare "7" or "9.30" is an hour: after "at", and nothing is counted."""
    rest = text[match.end() : match.end() + 12]
    leads = _HOUR_LEAD.match(match.group().lstrip())
    return (
        bool(leads)
        and re.match(
            r"\s?(?:$|[^\w\s%€$£/-]|(?:on|in|every|each|so|and|before|after|to|or|for|at|i|daily|instead|with|without|sharp|latest|weekdays?|weekends?|mon|tue|wed|thu|fri|sat|sun)\b)",
            rest,
            re.IGNORECASE,
        )
        is not None
    )
