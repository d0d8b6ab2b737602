"""Boil a long text down to the sentences that hold the goal."""

import re

from coach.rules import lexicon, normalise

LONG = 1200
_MOST_SENTENCES = 3
_LINE = 110
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_WISH = re.compile(r"\b(?:i(?:'d| would)? (?:\w+ )?(?:want|like|love|need|wish|plan|hope|aim)|want to|would like|my (?:\w+ )?goal|actually want|goal is|i can do)\b", re.I)  # fmt: skip
_AGAINST = re.compile(r"\b(?:don't want|do not want|doesn't|please don't|is not|used to|not want|never)\b", re.I)  # fmt: skip
_FIGURES = re.compile(r"\d|\b(?:one|two|three|four|five|twice|once)\b", re.IGNORECASE)
_CLEAR = 4
_AMOUNT = re.compile(r"\d+ ?(?:min|minutes|hours?|h|km|kg|pages|words|times)\b", re.IGNORECASE)
_SIZE = re.compile(r"\b\d[\d,.]* ?(?:words|pages|chapters|km|kg|kilos)\b", re.IGNORECASE)
_FREE_TIME = re.compile(r"\bi can (?:do|give|spare|manage|make|use|work|study|train)\b.{0,200}(?:day|evening|morning|hour|minute)", re.I)  # fmt: skip
_SURE = re.compile(r"^(?:so:?|so,|what was left|the (?:small|real|main|one)|in short|tl;?dr|long story short|anyway|basically|therefore)\b|: i want\b", re.I)  # fmt: skip


def is_long(text: str) -> bool:
    """Tell whether a text is boiled down before it is understood."""
    return len(normalise.clean(text)) > LONG


def core(text: str) -> str:
    """Return up to three sentences that hold the goal, the wish first."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(normalise.clean(text))]
    scored = sorted(((_score(one), place) for place, one in enumerate(sentences)), reverse=True)
    if not scored or scored[0][0] < _CLEAR:
        return " ".join(sentences[-1:])
    wish = scored[0][1]
    details = [] if _AMOUNT.search(sentences[wish]) else _details(sentences)
    chosen = dict.fromkeys((wish, *details))  # the wish first, what belongs to it behind
    return " ".join(sentences[place] for place in list(chosen)[:_MOST_SENTENCES])


def _details(sentences: list[str]) -> list[int]:
    """Find how much there is to do and when there is time for it, when the wish does not say."""
    found = (
        next((place for place, one in enumerate(sentences) if pattern.search(one)), None)
        for pattern in (_SIZE, _FREE_TIME)
    )
    return [place for place in found if place is not None]


def short(text: str) -> str:
    """Return *text* cut to two lines, at a word."""
    if len(text) <= 2 * _LINE:
        return text
    return text[: 2 * _LINE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def _score(sentence: str) -> int:
    """Rate how much of a goal a sentence holds: a wish, figures, a verb to begin with."""
    wish = _WISH.search(sentence) is not None
    figures = len(_FIGURES.findall(sentence))
    starts = "|".join(lexicon.table("en/splitting")["starts"])
    verb = re.search(rf"\b(?:to|:) (?:\w+ )?(?:{starts})\b", sentence, re.I) is not None
    sure = _SURE.search(sentence) is not None
    against = _AGAINST.search(sentence) is not None and not sure
    return 4 * wish + min(figures, 4) + 2 * verb + 3 * sure - 4 * against
