"""Which area of life a text is about, and what somebody does there, by weighted words."""

import re
from functools import cache, partial

from coach.rules import lexicon
from coach.rules.one_reading import once
from coach.values import Domain

# Words that only look like another area, and what is read instead, behind any group they have.
_READ_AS = {
    "time_spent": "take ",
    "drinking_other": "having ",
    "plants": "tend ",
    "phoning": "call ",
    "saved_thousands": " money",
}
_WEIGHT_LOSS_SCORE = 4
_OWN_DOMAIN = {
    Domain.FITNESS: (
        "running",
        "walking",
        "steps",
        "strength",
        "swimming",
        "cycling",
        "triathlon",
        "stretching",
        "exercises",
    ),
    Domain.NUTRITION: ("meals", "water", "weight"),
    Domain.SLEEP: ("bedtime",),
    Domain.MIND: ("meditation", "journaling"),
    Domain.LEARNING: ("reading", "studying", "language"),
    Domain.CREATIVE: ("writing", "instrument", "drawing", "making"),
    Domain.CAREER: ("job_search", "outreach"),
    Domain.MONEY: ("saving", "debt", "spending", "gambling"),
    Domain.DIGITAL: ("screen_time",),
    Domain.RELATIONSHIPS: ("contact",),
    Domain.ORGANISATION: ("declutter",),
    Domain.SUBSTANCES: ("smoking", "vaping", "alcohol", "cannabis", "caffeine"),
}
PHYSICAL = frozenset((*_OWN_DOMAIN[Domain.FITNESS],))
QUITTABLE = (
    "smoking",
    "vaping",
    "cannabis",
    "alcohol",
    "caffeine",
    "gambling",
    "nails",
    "screen_time",
    "sugar",
    "spending",
    "meals",
)


@once
def _plain(text: str, language: str) -> str:
    """Return *text* without words that only look like another area."""
    for name, instead in _READ_AS.items():
        pattern = lexicon.wording("domains", name, language)
        text = pattern.sub(partial(_instead, instead), text)
    return text


def _instead(words: str, found: re.Match[str]) -> str:
    return "".join(found.groups("")) + words


def _about_weight(text: str, language: str) -> bool:
    return lexicon.wording("domains", "weight_loss", language).search(text) is not None


@once
def scores(text: str, language: str = "en") -> dict[Domain, int]:
    """Return the score of every domain that *text* has words of, in the order of the ties."""
    text = _plain(text, language)
    found: dict[Domain, int] = {}
    for domain, words, weights in _domains(language):
        hits = {_weight(match.group().lower(), weights) for match in words.finditer(text)}
        total = sum(weight for _, weight in hits)
        if domain is Domain.NUTRITION and _about_weight(text, language):
            total += _WEIGHT_LOSS_SCORE
        if total:
            found[domain] = total
    return found


def best(text: str, activity: str = "other", language: str = "en") -> Domain:
    """Return the domain with the highest score; the activity's own when no word is known."""
    found = scores(text, language)
    if found:
        return max(found, key=lambda domain: found[domain])  # the first of equals
    return next((one for one, keys in _OWN_DOMAIN.items() if activity in keys), Domain.OTHER)


def activity(
    text: str, leaving: bool = False, domain: Domain | None = None, language: str = "en"
) -> str:
    """Return the key of what is done; *leaving* looks for what people quit first."""
    text = _plain(text, language)
    found = _activities(text, f"{language}/activities")
    if _about_weight(text, language):
        return "weight"
    if leaving:
        left = [one for one in found if one[2] in QUITTABLE]
        found = [one for one in left if one[2] != "meals"] or left or found
    elif domain is not None:
        fitting = [one for one in found if one[2] in _OWN_DOMAIN.get(domain, ())]
        found = fitting or found
    if not found and lexicon.wording("domains", "learning", language).search(text):
        return "studying"
    found = found or _activities(text, "world")
    key = min(found)[2] if found else "other"
    return "steps" if key == "walking" and any(one[2] == "steps" for one in found) else key


@once
def _activities(text: str, name: str) -> list[tuple[int, int, str]]:
    """List where each activity is named, how long its word is, and its key: the first counts."""
    searched = ((key, words.search(text)) for key, words in _activity_words(name))
    return [(match.start(), -len(match.group()), key) for key, match in searched if match]


@cache
def _activity_words(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = lexicon.table(name)
    rows = rows["activities"] if name == "world" else rows
    return tuple((key, lexicon.spelled(words)) for key, words in rows.items())


@cache
def _domains(language: str) -> tuple[tuple[Domain, re.Pattern[str], dict[str, int]], ...]:
    rows = lexicon.table(f"{language}/domains")
    return tuple(
        (
            Domain(name),
            lexicon.spelled(word for words in weighted.values() for word in words),
            {word: int(weight) for word, weight in lexicon.by_word(weighted).items()},
        )
        for name, weighted in rows.items()
    )


def _weight(typed: str, weights: dict[str, int]) -> tuple[str, int]:
    """Return the listed word that was typed, with its weight, so that it counts once."""
    if typed in weights:
        return typed, weights[typed]
    stems = [
        word
        for word in weights
        if typed.startswith(word.rstrip("*"))
        and (word.endswith("*") or len(typed) - len(word) <= 3)
    ]
    word = max(stems, key=len)
    return word, weights[word]
