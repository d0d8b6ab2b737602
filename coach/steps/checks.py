"""Checks of what a model wrote, for a whole text or a single finished sentence.

A weakness is named by one short word, so that it can be asked to be mended and counted; it
never quotes the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from coach.llm import prompts
from coach.masking import holds_contact
from coach.rules import forbidden, languages, lexicon, normalise
from coach.steps import figures
from coach.steps.figures import Figures

_MARKUP = re.compile(
    r"[*`<>{}\[\]|~^\\]|__|^[^\S\n]*+(?:#|[-•+–]\s|\d+[.)]\s)|\bjson\b", re.MULTILINE
)
_WORD = re.compile(r"[^\W\d_]+")
_BABBLE = re.compile(r"\b([^\W\d_]+)(?:\W+\1\b){3}|\w{41}", re.IGNORECASE)
"""A word four times in a row, and what is longer than any word."""
_ENOUGH_WORDS = 6  # to tell that a text is in no language we know


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a text may be: in which language, of which figures, how long.

    *counts*: bare numbers from 1 to 10 may count a list.
    """

    language: str
    figures: Figures
    most_letters: int = 420
    most_questions: int = 0
    most_words: int = 70
    counts: bool = False


def known(text: str, language: str, most_questions: int = 0) -> Allowed:
    """Allow the figures of *text*, and no others."""
    return Allowed(language, figures.of(text, language), most_questions=most_questions)


def weakness(said: str, allowed: Allowed, needed: str = "") -> str | None:
    """Name the first weakness of a text: it lacks a figure of *needed*, or fails a check."""
    found = figures.of(said, allowed.language)
    verdicts = {
        "empty": _WORD.search(said) is None,
        "too_long": len(said) > allowed.most_letters or len(said.split()) > allowed.most_words,
        "language": not _is_in(said, allowed.language),
        "forbidden_word": bool(forbidden.found(said, allowed.language)),
        "babble": _BABBLE.search(said) is not None,
        "claim": _claims(allowed.language).search(normalise.clean(said)) is not None,
        "instructions": prompts.quoted(said),
        "link_or_contact": holds_contact(said),
        "markup": _MARKUP.search(said) is not None,
        "questions": said.count("?") > allowed.most_questions,
        "invented_figure": found.beyond(allowed.figures, allowed.counts),
        "missing_figure": not found.holds(figures.of(needed, allowed.language)),
    }
    return next((name for name, wrong in verdicts.items() if wrong), None)


def first_weakness(texts: Iterable[str | None], allowed: Allowed) -> str | None:
    """Name the first weakness of several short texts; what is None is not said."""
    found = (weakness(said, allowed) for said in texts if said is not None)
    return next((one for one in found if one), None)


def _is_in(said: str, language: str) -> bool:
    """Tell whether a text is in that language; a few words may be anybody's."""
    own = languages.of(said, language).code
    return own == language or (not own and len(_WORD.findall(said)) < _ENOUGH_WORDS)


@cache
def _claims(language: str) -> re.Pattern[str]:
    rows = lexicon.table(f"{language}/claims")["patterns"]
    return re.compile("|".join(rows), re.IGNORECASE)
