"""Boil a long text down to the sentences that hold the goal."""

import re

from coach.rules import lexicon, normalise

LONG = 1200
_MOST_SENTENCES = 3
_LINE = 110
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_FIGURES = re.compile(r"\d|\b(?:one|two|three|four|five|twice|once)\b", re.IGNORECASE)
_CLEAR = 4
_AMOUNT = re.compile(r"\d+ ?(?:min|minutes|hours?|h|km|kg|pages|words|times)\b", re.IGNORECASE)
_SIZE = re.compile(r"\b\d[\d,.]* ?(?:words|pages|chapters|km|kg|kilos)\b", re.IGNORECASE)


def is_long(text: str) -> bool:
    """Tell whether a text is boiled down before it is understood."""
    return len(normalise.clean(text)) > LONG


def core(text: str) -> str:
    """Return up to three sentences that hold the goal, the wish first."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(normalise.clean(text))]
    scored = sorted(((_score(one), place) for place, one in enumerate(sentences)), reverse=True)
    if not scored or scored[0][0] < _CLEAR:
        return " ".join(sentences[-1:])[:LONG]
    wish = scored[0][1]
    details = [] if _AMOUNT.search(sentences[wish]) else _details(sentences)
    chosen = dict.fromkeys((wish, *details))  # the wish first, what belongs to it behind
    return " ".join(sentences[place] for place in list(chosen)[:_MOST_SENTENCES])[:LONG]


def _details(sentences: list[str]) -> list[int]:
    """Find how much there is to do and when there is time for it, when the wish does not say."""
    found = (
        next((place for place, one in enumerate(sentences) if pattern.search(one)), None)
        for pattern in (_SIZE, lexicon.wording("summary", "free_time"))
    )
    return [place for place in found if place is not None]


def short(text: str) -> str:
    """Return *text* cut to two lines, at a word."""
    if len(text) <= 2 * _LINE:
        return text
    return text[: 2 * _LINE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def _score(sentence: str) -> int:
    """Rate how much of a goal a sentence holds: a wish, figures, a verb to begin with."""
    wish = lexicon.wording("summary", "wish").search(sentence) is not None
    figures = len(_FIGURES.findall(sentence))
    starts = "|".join(lexicon.table("en/splitting")["starts"])
    verb = re.search(rf"\b(?:to|:) (?:\w+ )?(?:{starts})\b", sentence, re.I) is not None
    sure = lexicon.wording("summary", "sure").search(sentence) is not None
    against = lexicon.wording("summary", "against").search(sentence) is not None and not sure
    return 4 * wish + min(figures, 4) + 2 * verb + 3 * sure - 4 * against
