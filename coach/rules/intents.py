"""What a message at home is about, by its words.

People write in haste: a word that is one slip of the finger away from a telling one is read
as it. What is denied is not the case: "not tired" tells nothing, "didn't skip" is a report.
"""

import re
from functools import cache

from coach.rules import phrasebook, slips

UNCLEAR = "none"
_KEPT = "done"

Rows = tuple[tuple[str, re.Pattern[str]], ...]


def of(text: str, language: str = "en") -> str:
    """Return the intent of a message; UNCLEAR when no pattern matches."""
    told, kept = _told(text, language)
    found = next((name for name, pattern in _rows(language) if pattern.search(told)), UNCLEAR)
    return _KEPT if kept and found in (UNCLEAR, "missed", "partial", "thanks") else found


def all_of(text: str, language: str = "en") -> tuple[str, ...]:
    """List every intent a message shows, the most telling first: "half, too tired" shows two."""
    told, kept = _told(text, language)
    found = [name for name, pattern in _rows(language) if pattern.search(told)]
    return tuple(dict.fromkeys([*found, _KEPT] if kept else found))


def names(language: str = "en") -> tuple[str, ...]:
    """List the intents that have patterns, in the order they are tried."""
    return tuple(dict.fromkeys(name for name, _ in _rows(language)))


def _told(text: str, language: str) -> tuple[str, bool]:
    """Return what a text says once denials are taken out, and whether a miss was denied."""
    rows = phrasebook.table("intents", language)
    read = slips.mended(phrasebook.plain(text), tuple(rows["spelling"]), _known(language))
    rest, kept = _patterns("kept", language).subn(" ", read)
    return _patterns("denied", language).sub(" ", rest), kept > 0


@cache
def _known(language: str) -> frozenset[str]:
    """List the words our patterns are made of, whole or in part."""
    rows = phrasebook.table("intents", language)
    sources = (
        *rows["denied"],
        *rows["kept"],
        *(one for row in rows["intent"] for one in row["any"]),
    )
    return frozenset(re.findall(r"[a-z]{4,}", " ".join(sources)))


@cache
def _patterns(name: str, language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("intents", language)[name])


@cache
def _rows(language: str) -> Rows:
    rows = phrasebook.table("intents", language)["intent"]
    return tuple((row["name"], phrasebook.any_of(row["any"])) for row in rows)
