"""Tell English from other languages, well enough not to bend foreign words into English."""

import re

from coach.rules import domains, lexicon

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")
_MOSTLY = 0.5


def is_english(text: str) -> bool:
    """Tell whether *text* reads as English; short texts of unknown words do."""
    words = [word.lower() for word in _WORD.findall(text)]
    letters = "".join(words)
    if letters and len(_LATIN.findall(letters)) < _MOSTLY * len(letters):
        return False
    foreign = set(lexicon.table("world")["common"]["words"])
    english = set(lexicon.table("en/common")["words"])
    theirs = sum(word in foreign for word in words)
    ours = sum(word in english for word in words)
    known = bool(ours) or domains.activity(text) == "other" or bool(domains.scores(text))
    return theirs < ours or (theirs == 0 and known)
