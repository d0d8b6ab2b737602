"""Wall times and spans of hours as people type them: "20:15", "9 pm", "22 to 7", "de 22 a 7"."""

import re
from datetime import time

_TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])(?:[:.h]([0-5]\d))?\s*(am|pm)?(?![\w:.]*\d)", re.IGNORECASE
)


def times(words: str) -> list[time]:
    """List the wall times in *words*, in the order they stand; a bare hour is one too."""
    return [_read(*found.groups()) for found in _TIME.finditer(words)]


def exact_times(words: str) -> list[time]:
    """List the wall times that are written as such: with minutes, or with am or pm."""
    return [_read(*found.groups()) for found in _TIME.finditer(words) if found[2] or found[3]]


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
        said = said % 12 + (12 if half.lower() == "pm" else 0)
    return time(said, int(minute or 0))
