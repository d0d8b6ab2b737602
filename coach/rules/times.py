"""Find times of day in a text, and the usual time of a cue such as "after work"."""

import re
from dataclasses import dataclass
from datetime import time
from functools import cache, partial

from coach.rules import lexicon

_MINUTES = 60
_NAMES = {"noon": time(12), "midnight": time(0)}


@dataclass(frozen=True, slots=True)
class TimeAt:
    """A time of day and where in the text it stands."""

    at: time
    start: int
    end: int


def find(text: str, language: str = "en") -> tuple[TimeAt, ...]:
    """Return the times of day in *text*, in its order."""
    found = [
        TimeAt(at, one.start(), one.end())
        for name, at in _NAMES.items()
        for one in lexicon.wording("times", name, language).finditer(text)
    ]
    for match in lexicon.wording("times", "clock", language).finditer(text):
        at = _read(match, text, language)
        if at is not None and not any(one.start <= match.start() < one.end for one in found):
            found.append(
                TimeAt(
                    at,
                    match.start() + len(match.group()) - len(match.group().lstrip()),
                    match.end(),
                )
            )
    return tuple(sorted(found, key=lambda one: one.start))


def of_cue(cue: str, language: str = "en") -> time | None:
    """Return the usual time of a cue: "after work" is 18:00; None when it has none."""
    for row in lexicon.table(f"{language}/cues")["at"]:
        if lexicon.either(row["cues"]).search(cue):
            return row["time"]
    return None


@cache
def starts(language: str) -> tuple[tuple[str, time], ...]:
    """Return words of moments and when a session there begins; parts of the day by their key."""
    tables = dict.fromkeys((language, "en"))
    rows = (row for one in tables for row in lexicon.table(f"{one}/cues")["start"])
    return tuple((lexicon.bare(word), row["time"]) for row in rows for word in row["words"])


def is_of_work(cue: str) -> bool:
    """Tell whether a moment exists only on days of work, in any language."""
    tied = (word for one in lexicon.languages() for word in lexicon.table(f"{one}/cues")["work"])
    return any(word in lexicon.bare(cue) for word in tied)


def _read(match: re.Match[str], text: str, language: str) -> time | None:
    said = partial(_says, language)
    hour, minute, half = int(match["h"]), int(match["m"] or 0), match["half"] or ""
    quarters: dict[str, int] = lexicon.table(f"{language}/cues")["quarters"]
    minute += quarters.get((match.groupdict().get("quarter") or "").lower(), 0)
    hour, minute = hour - (minute < 0), minute % _MINUTES
    before = text[: match.start("h")]
    counted = not half and match["mark"] != ":" and not _is_hour(match, text, language)
    if hour > 23 or counted or (not half and said("race_time", before)):
        return None
    if half:
        past_noon = hour < 12 and said("past_noon", half)
        before_one = hour == 12 and said("before_noon", half)
        return time(hour + 12 * past_noon - 12 * before_one, minute)
    late = hour in (8, 9, 10, 11) and said("late", text) and not said("early", text)
    if late or (1 <= hour <= 7 and said("after_noon", before)):
        return time(hour + 12, minute)
    return time(hour, minute)


def _says(language: str, name: str, text: str) -> bool:
    return lexicon.wording("times", name, language).search(text) is not None


def _is_hour(match: re.Match[str], text: str, language: str) -> bool:
    """Tell whether a bare "7" or "9.30" is an hour: after "at", and nothing is counted."""
    leads = lexicon.wording("times", "hour_lead", language).match(match.group().lstrip())
    rest = text[match.end() : match.end() + 12]
    return bool(leads) and lexicon.wording("times", "hour_alone", language).match(rest) is not None
