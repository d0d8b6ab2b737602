"""Boil a long text down to the sentences that hold the goal."""

import re

from coach.rules import lexicon, normalise

LONG = 1200
_MOST_SENTENCES = 3
_LINE = 110
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_CLEAR = 4


def is_long(text: str) -> bool:
    """Tell whether a text is boiled down before it is understood."""
    return len(normalise.clean(text)) > LONG


def core(text: str, language: str = "en") -> str:
    """Return up to three sentences that hold the goal, the wish first."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(normalise.clean(text))]
    scored = sorted(
        ((_score(one, language), place) for place, one in enumerate(sentences)), reverse=True
    )
    if not scored or scored[0][0] < _CLEAR:
        return " ".join(sentences[-1:])[:LONG]
    wish = scored[0][1]
    sized = _holds("amount", sentences[wish], language)
    details = [] if sized else _details(sentences, language)
    chosen = dict.fromkeys((wish, *details))  # the wish first, what belongs to it behind
    return " ".join(sentences[place] for place in list(chosen)[:_MOST_SENTENCES])[:LONG]


def _details(sentences: list[str], language: str) -> list[int]:
    """Find how much there is to do and when there is time for it, when the wish does not say."""
    found = (
        next((place for place, one in enumerate(sentences) if _holds(name, one, language)), None)
        for name in ("size", "free_time")
    )
    return [place for place in found if place is not None]


def _holds(name: str, sentence: str, language: str) -> bool:
    return lexicon.wording("summary", name, language).search(sentence) is not None


def short(text: str) -> str:
    """Return *text* cut to two lines, at a word."""
    if len(text) <= 2 * _LINE:
        return text
    return text[: 2 * _LINE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def _score(sentence: str, language: str) -> int:
    """Rate how much of a goal a sentence holds: a wish, figures, a verb to begin with."""
    wish, sure = _holds("wish", sentence, language), _holds("sure", sentence, language)
    figures = len(lexicon.wording("summary", "figures", language).findall(sentence))
    starts = "|".join(lexicon.table(f"{language}/splitting")["starts"])
    lead = lexicon.wording("summary", "before_verb", language).pattern
    verb = lexicon.compiled(rf"{lead}(?:{starts})\b").search(sentence) is not None
    against = _holds("against", sentence, language) and not sure
    return 4 * wish + min(figures, 4) + 2 * verb + 3 * sure - 4 * against
