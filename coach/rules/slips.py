"""Words with one slip of the finger, read as the word that was meant.

A slip is a letter dropped, doubled or added, or two letters swapped. A wrong letter counts in
long words only: in short ones it is too often another word ("tired", "timed").
"""

import re
from functools import cache

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_LONG = 7


def mended(text: str, words: tuple[str, ...], known: frozenset[str]) -> str:
    """Return *text* with every slip of one of *words* put right; *known* words are no slips."""

    def meant(found: re.Match[str]) -> str:
        word = found.group()
        return word if word in known else _meant(word, words)

    return _WORD.sub(meant, text)


@cache
def _slips(words: tuple[str, ...]) -> dict[str, str]:
    """Map every slip of the words to what was meant; what two words share is left alone."""
    meant: dict[str, str] = {}
    for word in words:
        for slip in _of(word) - set(words):
            meant[slip] = "" if meant.get(slip, word) != word else word
    return {slip: word for slip, word in meant.items() if word}


def _of(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    doubled = {a + a[-1] + b for a, b in cuts}
    return {slip for slip in dropped | swapped | doubled if len(slip) >= _SHORTEST}


def _meant(word: str, words: tuple[str, ...]) -> str:
    if word in words or len(word) < _SHORTEST:
        return word
    if known := _slips(words).get(word):
        return known
    return next((one for one in words if _wrong_letter(word, one)), word)


def _wrong_letter(word: str, meant: str) -> bool:
    """Tell whether the words differ in one letter after the first, and are long."""
    if len(word) != len(meant) or len(word) < _LONG or word[0] != meant[0]:
        return False
    return sum(a != b for a, b in zip(word, meant, strict=True)) == 1
