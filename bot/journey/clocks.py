"""Wall times and spans of hours as people type them: "20:15", "9 pm", "22 to 7", "de 22 a 7"."""

import re
from datetime import time

_TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])(?:[:.h]([0-5]\d))?\s*"
    r"((?:[ap]m|in the (?:morning|afternoon|evening)|at night"
    r"|de la (?:madrugada|mañana|tarde|noche))\b)?(?![\w:.]*\d)",
    re.IGNORECASE,
)
_LATE = ("pm", "afternoon", "evening", "tarde", "night", "noche")
_NIGHT = ("night", "noche")
_EVENING_FROM = 6  # "at 2 at night" is before dawn
_LEADS = re.compile(r"(?:^|\W)(?:at|las?|around|by)\s+$", re.IGNORECASE)
_ENDS = re.compile(r"(?:h|o.?clock)?\s*(?:$|[.,!?]|please|por favor)", re.IGNORECASE)


def times(words: str) -> list[time]:
    """List the wall times in *words*, in the order they stand; a bare hour is one too."""
    return [_read(*found.groups()) for found in _TIME.finditer(words)]


def exact_times(words: str) -> list[time]:
    """List the wall times that are written as such: with minutes, or with am or pm."""
    return [_read(*found.groups()) for found in _TIME.finditer(words) if found[2] or found[3]]


def moment(words: str) -> time | None:
    """Find the one wall time that is meant; a bare hour is one where it counts nothing else."""
    meant = exact_times(words) or [
        _read(*found.groups())
        for found in _TIME.finditer(words)
        if _LEADS.search(words[: found.start()]) or _ENDS.match(words[found.end() :])
    ]
    return meant[0] if len(meant) == 1 else None


def without_times(words: str) -> str:
    """Return *words* with the wall times taken out."""
    return _TIME.sub(" ", words)


def span(words: str) -> tuple[time, time] | None:
    """Find the two ends of a span of hours; None unless exactly two different times are said."""
    found = times(words)
    if len(found) != 2 or found[0] == found[1]:
        return None
    return found[0], found[1]


def _read(hour: str, minute: str | None, half: str | None) -> time:
    said = int(hour)
    if half and said <= 12:
        late, at_night = (half.lower().endswith(ends) for ends in (_LATE, _NIGHT))
        said %= 12
        said += 12 * (late and not (at_night and said < _EVENING_FROM))
    return time(said, int(minute or 0))
