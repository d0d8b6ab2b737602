"""Find a request in somebody's words, and keep what it did not use for the next reader."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from coach.rules import lexicon

_JOINED = re.compile(r"^(?:and|but|y|pero)\s+|\s+(?:and|but|y|pero)$", re.IGNORECASE)


def finds(name: str, words: str, language: str) -> Iterator[re.Match[str]]:
    """Yield what the patterns *name* find, in their order."""
    for pattern in _patterns(name, language):
        if found := pattern.search(words):
            yield found


def rest(words: str, found: re.Match[str]) -> str:
    """Return *words* without what was found."""
    left = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,.;")
    return _JOINED.sub("", left)


def table(language: str) -> dict[str, Any]:
    """Return the words of requests in a language."""
    return lexicon.table(f"{language}/changes")


@cache
def _patterns(name: str, language: str) -> tuple[re.Pattern[str], ...]:
    rows: list[str] = table(language)[name]
    return tuple(lexicon.either([row]) for row in rows)
