"""Turn the person's words into a verb phrase that reads after "I will".

Amounts, dates, frequency and cue have their own places in a resolution, so they are cut
here; so are lead-ins ("I want to") and the story after the goal. An empty result means
that the words do not bend into a phrase; the activity's own name is used then.
"""

import re
from collections.abc import Iterable
from functools import cache

from coach.rules import lexicon, verbs
from coach.rules.one_reading import once
from coach.values import GoalType

_FEWEST_WORDS = 2
_LONG_STORY = 160  # characters
_SPAN = tuple[int, int]
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>|[{}<>\"]")
_TOO_BARE = (
    "cut down",
    "reduce",
    "want",
    "go",
    "get",
    "have",
    "need",
    "be",
    "do",
    "start",
    "stop",
    "quit",
    "make",
    "put",
)


def phrase(
    text: str,
    cuts: Iterable[_SPAN],
    goal_type: GoalType | None,
    activity: str,
    language: str = "en",
) -> str:
    """Return the verb phrase of *text* without the spans in *cuts*; empty when there is none."""
    kept = _SPACES.sub(" ", _MARKUP.sub(" ", without(text, cuts, language)))
    kept = lead_off(kept, language)
    if goal_type is GoalType.HABIT:  # "stop eating out so often, only once a week"
        kept = lexicon.wording("behaviour", "too_often", language).sub("", kept)
    kept = _tidy(_first_part(kept, language), language)
    kept = verbs.first(kept, activity if goal_type is GoalType.QUIT else "", language)
    kept = _shortened(_first_small(_SPACES.sub(" ", kept).strip()), language)
    if kept.lower() in _TOO_BARE:
        return ""
    fits = 0 < len(kept.split()) <= _most_words(language)
    return kept if fits and re.search(r"[a-z]{2}", kept, re.I) else ""


def _most_words(language: str) -> int:
    return lexicon.table(f"{language}/behaviour")["most_words"]


def _shortened(kept: str, language: str) -> str:
    """Cut what is said about the thing at the end, until the phrase is short enough."""
    about = lexicon.wording("behaviour", "about", language)
    while len(kept.split()) > _most_words(language):
        *_, last = (0, *(found.start() for found in about.finditer(kept)))
        if len(kept[:last].split()) < _FEWEST_WORDS:
            return kept
        kept = kept[:last].rstrip(" ,")
    return kept


@once
def core(text: str, language: str = "en") -> tuple[int, int]:
    """Return where the goal begins and ends: "My back hurts, I want to stretch. It helps."."""
    start = 0
    if advised := lexicon.wording("behaviour", "advised", language).search(text):
        wish = lexicon.wording("behaviour", "wish", language).search(text, advised.end())
        return (wish.start("wish") if wish else advised.end()), len(text)
    if lexicon.wording("behaviour", "statement", language).match(text) or _rambles(text, language):
        wish = lexicon.wording("behaviour", "wish", language).search(text) or _imperative(
            language
        ).search(text)
        start = wish.start("wish") if wish else 0
    lead = len(text) - start - len(lead_off(text[start:], language))
    for match in _context(language).finditer(text, start + lead):
        if text[start + lead : match.start()].strip():
            return start, match.start()
    return start, len(text)


def _rambles(text: str, language: str) -> bool:
    """Tell whether a long text begins with a story: its first sentence wishes for nothing."""
    first = re.split(r"[.!?](?=\s)", text, maxsplit=1)[0]
    plain = lead_off(first, language) == first and len(first) < len(text)
    return plain and len(text) > _LONG_STORY and not _imperative(language).match(f", {first}")


def named(phrase: str, text: str, language: str = "en") -> str:
    """Say what "it" is: "this thesis …, finish it" is "finish my thesis"."""
    rows = lexicon.table(f"{language}/behaviour")
    things = "|".join(lexicon.table(f"{language}/projects")["artefacts"])
    before, it = "|".join(rows["determiners"]), lexicon.wording("behaviour", "it", language)
    said = lexicon.compiled(rf"(?<!\w)(?:{before}) (?P<thing>(?:\w+ )?(?:{things}))(?!\w)")
    thing = said.search(text)
    if thing is None or not it.search(phrase):
        return phrase
    return it.sub(f" {rows['own']} {thing['thing'].lower()}", phrase)


def without(text: str, cuts: Iterable[_SPAN], language: str = "en") -> str:
    """Blank the spans out of *text*."""
    for start, end in sorted(cuts, reverse=True):
        text = f"{text[:start]} \x00 {text[end:]}"
    text = lexicon.wording("behaviour", "article_of_noun", language).sub(_article, text)
    what: str = lexicon.table(f"{language}/behaviour")["what"]
    text = lexicon.wording("behaviour", "clause_of_gap", language).sub(f"{what} ", text)
    text = lexicon.wording("behaviour", "before_gap", language).sub(" \x00", text)
    text = lexicon.wording("behaviour", "between_gaps", language).sub("\x00", text)
    text = lexicon.wording("behaviour", "after_gap", language).sub(" ", text)
    return _SPACES.sub(" ", text).replace(" ,", ",").strip()


def _article(gap: re.Match[str]) -> str:
    """Return the article that fits the noun behind the gap: "a walk", "an evening walk"."""
    return "an " if gap.string[gap.end()].lower() in "aeiou" else "a "


@once
def lead_off(text: str, language: str = "en") -> str:
    """Return *text* without "I want to", "my goal is to" and the like."""
    pattern = _lead_ins(language)
    for _ in range(6):  # lead-ins stack: "ok so I want to try to start …"
        shorter = pattern.sub("", text, count=1).lstrip()
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def _first_part(text: str, language: str) -> str:
    """Cut the story: keep the words up to the first context mark that leaves something."""
    for match in _context(language).finditer(text):
        head = text[: match.start()].strip()
        if head:
            return head
    return text


def _tidy(text: str, language: str) -> str:
    for name, anchor in (("hanging_start", "^"), ("hanging_end", "")):
        pattern = _edges(name, anchor, language)
        for _ in range(8):
            shorter = pattern.sub("", text, count=1).strip()
            if shorter == text:
                break
            text = shorter
    return text


def _first_small(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


@cache
def _imperative(language: str) -> re.Pattern[str]:
    """Match a clause that begins with a goal verb: "…, find a new one"."""
    starts = "|".join(lexicon.table(f"{language}/splitting")["starts"])
    return lexicon.compiled(rf"[,.;!?:)–]\s*(?:so |and |then )?(?P<wish>(?:{starts})\b)")


@cache
def _lead_ins(language: str) -> re.Pattern[str]:
    rows = lexicon.table(f"{language}/behaviour")["lead_ins"]
    return lexicon.compiled(rf"^[\s\W]*(?:{'|'.join(rows)})")


@cache
def _context(language: str) -> re.Pattern[str]:
    return lexicon.compiled("|".join(lexicon.table(f"{language}/behaviour")["context"]))


@cache
def _edges(name: str, anchor: str, language: str) -> re.Pattern[str]:
    rows = lexicon.table(f"{language}/behaviour")[name]
    return lexicon.compiled(f"{anchor}(?:{'|'.join(rows)})")
