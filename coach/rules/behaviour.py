"""Turn the person's words into a verb phrase that reads after "I will".

Amounts, dates, frequency and cue have their own places in a resolution, so they are cut
here; so are lead-ins ("I want to") and the story after the goal. An empty result means
that the words do not bend into a phrase; the activity's own name is used then.
"""

import re
from collections.abc import Iterable
from functools import cache

from coach.rules import lexicon
from coach.values import GoalType

_FEWEST_WORDS = 2
_LONG_STORY = 160  # characters
_SPAN = tuple[int, int]
_SPACES = re.compile(r"\s+")
_GERUND = re.compile(r"([a-z-]+ing)\b", re.IGNORECASE)
_FREE = re.compile(r"[\w ]+[- ]free\b", re.IGNORECASE)
_OWN_THING = re.compile(r"(?:my|the|a|an|daily)\b", re.IGNORECASE)
_ALSO_VERBS = ("sleep", "phone", "water", "time", "bike")
_LIMITED = {"dry": "do a", "screen": "limit my", "phone": "limit my", "social": "limit my"}
_NO_GERUNDS = ("morning", "evening", "nothing", "something", "bring", "sing", "string")
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
_PAIRED = re.compile(r"(.)\1$")


def phrase(
    text: str,
    cuts: Iterable[_SPAN],
    goal_type: GoalType | None,
    activity: str,
    language: str = "en",
) -> str:
    """Return the verb phrase of *text* without the spans in *cuts*; empty when there is none."""
    kept = _MARKUP.sub(" ", without(text, cuts, language))
    kept = lead_off(kept, language)
    if goal_type is GoalType.HABIT:  # "stop eating out so often, only once a week"
        kept = lexicon.wording("behaviour", "too_often", language).sub("", kept)
    kept = _tidy(_first_part(kept, language), language)
    leaving = goal_type is GoalType.QUIT
    if infinitive := lexicon.table(f"{language}/behaviour").get("infinitive"):
        kept = _with_infinitive(kept, activity if leaving else "", infinitive, language)
    elif leaving:
        kept = _quitting(kept, activity, language)
    else:
        kept = _begin_with_verb(kept, language)
    kept = _shortened(_first_small(_SPACES.sub(" ", kept).strip()), language)
    if kept.lower() in _TOO_BARE:
        return ""
    fits = 0 < len(kept.split()) <= _most_words(language)
    return kept if fits and re.search(r"[a-z]{2}", kept, re.I) else ""


def _with_infinitive(text: str, left: str, infinitive: list[str], language: str) -> str:
    """Return what follows "I will" where verbs show their infinitive; empty without one.

    *left* is the activity somebody leaves.
    """
    if lexicon.either(infinitive).match(text):
        return text
    rows = lexicon.table(f"{language}/behaviour")
    if left and (less := lexicon.wording("behaviour", "less", language).fullmatch(text)):
        return f"{rows['leaving']['less']} {less['thing']}"
    if left and (none := lexicon.wording("behaviour", "none", language).fullmatch(text)):
        verb = rows["leaving"].get(left, rows["leaving"]["default"])
        return f"{verb} {none['thing']}"
    named = {lexicon.bare(noun): verb for noun, verb in rows["before_noun"].items()}
    verb = named.get(lexicon.bare(text.partition(" ")[0]))
    return f"{verb} {text}" if verb else ""


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
    text = lexicon.wording("behaviour", "before_gap", language).sub(" \x00", text)
    text = lexicon.wording("behaviour", "between_gaps", language).sub("\x00", text)
    text = lexicon.wording("behaviour", "after_gap", language).sub(" ", text)
    return _SPACES.sub(" ", text).replace(" ,", ",").strip()


def _article(gap: re.Match[str]) -> str:
    """Return the article that fits the noun behind the gap: "a walk", "an evening walk"."""
    return "an " if gap.string[gap.end()].lower() in "aeiou" else "a "


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


def _begin_with_verb(text: str, language: str) -> str:
    """Put the first word into its base form, or a verb before a noun."""
    if lexicon.wording("behaviour", "verbs", language).match(text):
        return text
    text = lexicon.wording("behaviour", "time_left_out", language).sub("spend time ", text, count=1)
    first, _, rest = text.partition(" ")
    lowered = first.lower()
    if _GERUND.fullmatch(lowered) and lowered not in _NO_GERUNDS:
        return f"{base_form(lowered, language)} {rest}"
    if lexicon.wording("behaviour", "not_verbs", language).match(text) and (
        noun := _noun_in(text, language)
    ):
        return f"{noun} {text}"
    nouns = lexicon.table(f"{language}/behaviour")["before_noun"]
    if lowered in nouns and lowered not in _ALSO_VERBS:
        return f"{nouns[lowered]} {text}"
    if lexicon.wording("behaviour", "not_verbs", language).match(text) and not _OWN_THING.match(
        text
    ):
        return f"have {text}"
    return (
        text
        if _is_verb(lowered, language) and not _OWN_THING.match(text)
        else f"{nouns['default']} {text}"
    )


def _noun_in(text: str, language: str) -> str | None:
    """Find the verb for "more water", "better sleep"."""
    nouns = lexicon.table(f"{language}/behaviour")["before_noun"]
    words = text.lower().split()
    found = (nouns[word] for word in words[1:3] if word in nouns)
    verb = next(found, None)
    return verb.removesuffix(" the").removesuffix(" my").removesuffix(" a") if verb else None


def _is_verb(word: str, language: str) -> bool:
    return word not in lexicon.table(f"{language}/nouns")["words"]


def _quitting(text: str, activity: str, language: str) -> str:
    leaving = lexicon.table(f"{language}/behaviour")["leaving"]
    for name in ("down", "consuming", "less"):
        if match := lexicon.wording("behaviour", name, language).fullmatch(text):
            return f"cut down on {match['thing']}"
    if match := lexicon.wording("behaviour", "none", language).fullmatch(text):
        return f"{leaving.get(activity, leaving['default'])} {match['thing']}"
    if _FREE.match(text):
        return f"stay {text}" if _FREE.fullmatch(text) else f"have {text}"
    first, _, rest = text.partition(" ")
    if _GERUND.fullmatch(first.lower()):
        return f"{base_form(first.lower(), language)} {rest}"
    if _is_verb(first.lower(), language) and first.lower() not in _LIMITED:
        return text
    return f"{_LIMITED.get(first.lower(), 'cut down on')} {text}"


def base_form(gerund: str, language: str = "en") -> str:
    """Return "bite" for "biting": listed forms first, then the ending."""
    forms = lexicon.table(f"{language}/behaviour")["base_forms"]
    if gerund in forms:
        return forms[gerund]
    stem = gerund[:-3]
    if len(stem) > 3 and _PAIRED.search(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    needs_e = re.search(r"(?:[^aeiou][aeiou][kvcszmnt]|[cgsvz]|[^aeiou]l|at|u)$", stem)
    keeps = re.search(
        r"(?:ss|ll|eat|oat|en|on|er|et|it|ew|ow|lean|ish|ch|sh|ing|ak|ook|eek|ead|oss|is)$", stem
    )
    return f"{stem}e" if needs_e and not keeps else stem


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
