"""Which dates of a goal are deadlines of it, and what each of them is for."""

import re

from coach.rules import phrases, wording
from coach.values import FoundDate, GoalUnderstanding

_MOST_TEXT = 300  # in a story, dates are part of it
_MOST_WORDS = 4
_SENTENCE = re.compile(r"[.;!?](?:\s|$)")
_PIECE = re.compile(r"[,:]\s|\s(?:and|then|y|e|und|et)\s", re.IGNORECASE)


def all_of(u: GoalUnderstanding) -> tuple[FoundDate, ...]:
    """Return the nearest deadline and those after it."""
    return (*((u.deadline,) if u.deadline else ()), *later(u))


def later(u: GoalUnderstanding) -> tuple[FoundDate, ...]:
    """Return the deadlines behind the first; a date that only happens then is none."""
    if len(u.text) > _MOST_TEXT:
        return ()
    return tuple(found for found in u.later_deadlines if _is_due(u, found))


def purpose(u: GoalUnderstanding, found: FoundDate) -> str | None:
    """Return what a deadline is for, in the person's words: "first draft"; None if unsaid."""
    piece = _PIECE.split(_before(u, found))[-1]
    cut = wording.patterns(u.language).cut
    words = cut["due_words"].sub("", piece).strip(" ,:-").split()
    named = 0 < len(words) <= _MOST_WORDS and any(not cut["due_filler"].match(w) for w in words)
    return phrases.first_lower(" ".join(words)) if named else None


def _is_due(u: GoalUnderstanding, found: FoundDate) -> bool:
    cut, said = wording.patterns(u.language).cut, f"{_before(u, found)}{found.text}"
    nearby = _PIECE.split(said)[-1]
    return cut["due"].search(said) is not None and not cut["no_due"].search(nearby)


def _before(u: GoalUnderstanding, found: FoundDate) -> str:
    """Return the words of the same sentence that stand before a date."""
    said, _, _ = u.text.partition(found.text)
    return _SENTENCE.split(said)[-1]
