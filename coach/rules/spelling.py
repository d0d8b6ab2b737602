"""What somebody typed in haste, written out: "i dont", "w/ my son", "go 2 the gym", "medtate".

Nothing is reworded: only spelling changes, so that the words can be read and shown again.
"""

import re
from functools import cache, partial

from coach.rules import languages, lexicon, slips
from coach.rules.one_reading import once

_WORD = re.compile(r"(?<![\w'@#/.-])[^\W\d_]+(?:'[^\W\d_]+)?(?![\w'@])|\bb4\b")


@once
def tidy(text: str, language: str = "en") -> str:
    """Return *text* with hasty spellings written out; one in another language stays as it is."""
    if not languages.is_in(text, language):
        return text
    text = _WORD.sub(partial(_spelled, language), text)
    for pattern, meant in _written_out(language):
        text = pattern.sub(meant, text)
    return text


def _spelled(language: str, found: re.Match[str]) -> str:
    typed, rows = found.group(), lexicon.table(f"{language}/spelling")
    low = typed.lower()
    if low in rows["words"]:
        return _as_typed(typed, rows["words"][low])
    if low in _known(language):
        return typed.capitalize() if low in _names(language) and typed.islower() else typed
    meant = slips.mended(low, tuple(rows["slips"]["words"]), _known(language))
    if not _is_slip(low, meant):
        return typed
    return meant.capitalize() if meant in _names(language) else _as_typed(typed, meant)


def _is_slip(low: str, meant: str) -> bool:
    """Tell a slip from another word: a missing end ("weigh"), another letter ("moaning")."""
    return not meant.startswith(low) and (len(low) != len(meant) or sorted(low) == sorted(meant))


def _as_typed(typed: str, meant: str) -> str:
    """Keep a capital at the start of a sentence."""
    return meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant


@cache
def _known(language: str) -> frozenset[str]:
    rows = lexicon.table(f"{language}/spelling")["slips"]
    return frozenset((*rows["known"], *rows["words"], *_names(language)))


@cache
def _names(language: str) -> frozenset[str]:
    return frozenset(lexicon.table(f"{language}/spelling")["names"]["words"])


@cache
def _written_out(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = lexicon.table(f"{language}/spelling")["written_out"]
    return tuple((lexicon.either([row["typed"]]), row["meant"]) for row in rows)
