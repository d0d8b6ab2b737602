"""Find times of day in a text, and the usual time of a cue such as "after work"."""

import re
from dataclasses import dataclass
from datetime import time
from functools import cache, partial
from itertools import islice, pairwise

from coach.rules import lexicon

_MINUTES, _NOON, _HOURS = 60, 12, 24
_MOST = 60  # times of a text that are read; each is judged by all the words around it
_EXACT_FROM = 5  # "at 5:45" is taken as it is written, "at 4:30" is daily life
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
    for name, read in (("spoken", _read_words), ("clock", _read)):
        said = lexicon.wording("times", name, language).finditer(text)
        for match in islice(said, _MOST):
            at = read(match, text, language)
            if at is not None and not any(one.start <= match.start() < one.end for one in found):
                lead = len(match.group()) - len(match.group().lstrip())
                found.append(TimeAt(at, match.start() + lead, match.end()))
    return _with_windows(text, sorted(found, key=lambda one: one.start), language)


def _with_windows(text: str, found: list[TimeAt], language: str) -> tuple[TimeAt, ...]:
    """Read where a window begins by its end: in "between 2 and 4 pm" the 2 is of the afternoon."""
    opens = lexicon.wording("times", "window", language)
    read: list[TimeAt] = []
    for one in found:
        if begin := opens.search(text[: one.start]):
            hour = _nearest_before(one.at, int(begin["h"]))
            while read and read[-1].end > begin.start("h"):
                read.pop()
            read.append(TimeAt(time(hour, int(begin["m"] or 0)), begin.start(), one.start))
        read.append(one)
    return tuple(read)


def several(text: str, language: str = "en") -> tuple[time, ...]:
    """Return the times of one day that are said together, "at 8am and 8pm"; none for one alone."""
    found, said = find(text, language), list[time]()
    for one, other in pairwise(found):
        between, before = text[one.end : other.start], text[: one.start]
        joined = lexicon.wording("times", "together", language).fullmatch(between)
        if joined and not _says(language, "opened", before):
            said += [one.at, other.at]
    return tuple(dict.fromkeys(said))


def _nearest_before(end: time, hour: int) -> int:
    """Return an hour as one of the morning or of the afternoon, whichever is nearer to an end."""
    halves = (hour,) if hour > _NOON else (hour % _NOON, hour % _NOON + _NOON)
    return min(halves, key=lambda one: (end.hour - one) % _HOURS or _HOURS)


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
    if half and not said("either_half", half):
        past_noon = hour < 12 and said("past_noon", half)
        before_one = hour == 12 and said("before_noon", half)
        return time(hour + 12 * past_noon - 12 * before_one, minute)
    exact = match["h"].startswith("0") or bool(match["mark"] and hour >= _EXACT_FROM)
    return time(hour + 12 * _is_after_noon(hour, exact, (before, text), language), minute)


def _read_words(match: re.Match[str], text: str, language: str) -> time | None:
    """Read "quarter to six", "half past seven", "half seven", "at four"."""
    if lexicon.wording("times", "hour_alone", language).match(text[match.end() :]) is None:
        return None
    spelled: dict[str, int] = lexicon.table(f"{language}/cues")["spoken"]
    hour = spelled.get(match["h"].lower()) or int(match["h"])
    half, past = match["half"], match["past"] or match["thirty"]
    if half:
        hour = hour % 12 + 12 * _says(language, "past_noon", half)
    else:
        hour += 12 * _is_after_noon(hour, False, (text[: match.start()], text), language)
    minutes = spelled[past.lower()] if past else -spelled[match["to"].lower()] if match["to"] else 0
    return time((hour * _MINUTES + minutes) // _MINUTES % 24, minutes % _MINUTES)


def _is_after_noon(hour: int, exact: bool, said: tuple[str, str], language: str) -> bool:
    """Tell whether an hour without am or pm is one after noon; *said*: what stands before, all.

    In daily life 1 to 6 are hours of the afternoon unless somebody speaks of mornings or nights;
    from 7 on the words around decide. An *exact* time is taken as it is written.
    """
    before, text = said
    if not 1 <= hour <= 11 or _says(language, "early", text):
        return hour <= 7 and not exact and _says(language, "after_noon", before)
    if hour <= 6 and not exact and _says(language, "afternoon_hour", str(hour)):
        return not _says(language, "at_night", text)
    if hour <= 7 and _says(language, "after_noon", before):
        return True
    return hour >= 7 and _says(language, "late" if hour > 7 else "by_evening", text)


def _says(language: str, name: str, text: str) -> bool:
    return lexicon.wording("times", name, language).search(text) is not None


def _is_hour(match: re.Match[str], text: str, language: str) -> bool:
    """Tell whether a bare "7" or "9.30" is an hour: after "at", and nothing is counted."""
    leads = lexicon.wording("times", "hour_lead", language).match(match.group().lstrip())
    rest = text[match.end() : match.end() + 12]
    return bool(leads) and lexicon.wording("times", "hour_alone", language).match(rest) is not None
