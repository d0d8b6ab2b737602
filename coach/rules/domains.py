"""Which area of life a text is about, and what somebody does there, by weighted words."""

import re
from functools import cache

from coach.rules import lexicon
from coach.values import Domain

_SAVED_THOUSANDS = re.compile(
    r"\b(sav\w+|earn|make|invest|pay(?: off)?|raise)(?: up)? \d+ ?k\b", re.IGNORECASE
)
_LEARNING = re.compile(r"\blearn\w*", re.IGNORECASE)
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


def _plain(text: str) -> str:
    """Return *text* without words that only look like another area: "spend time", "save 10k"."""
    text = lexicon.wording("domains", "time_spent").sub("take ", text)
    text = lexicon.wording("domains", "drinking_other").sub("having ", text)
    text = lexicon.wording("domains", "plants").sub("tend ", text)
    return _SAVED_THOUSANDS.sub(r"\1 money", text)


def scores(text: str) -> dict[Domain, int]:
    """Return the score of every domain that *text* has words of, in the order of the ties."""
    text = _plain(text)
    found: dict[Domain, int] = {}
    for domain, words, weights in _domains():
        hits = {_weight(match.group().lower(), weights) for match in words.finditer(text)}
        total = sum(weight for _, weight in hits)
        if domain is Domain.NUTRITION and lexicon.wording("domains", "weight_loss").search(text):
            total += _WEIGHT_LOSS_SCORE
        if total:
            found[domain] = total
    return found


def best(text: str, activity: str = "other") -> Domain:
    """Return the domain with the highest score; the activity's own when no word is known."""
    found = scores(text)
    if found:
        return max(found, key=lambda domain: found[domain])  # the first of equals
    return next((one for one, keys in _OWN_DOMAIN.items() if activity in keys), Domain.OTHER)


def activity(text: str, leaving: bool = False, domain: Domain | None = None) -> str:
    """Return the key of what is done; *leaving* looks for what people quit first."""
    text = _plain(text)
    found = [(match.start(), -len(match.group()), key) for key, match in _activities(text)]
    if lexicon.wording("domains", "weight_loss").search(text):
        return "weight"
    if leaving:
        left = [one for one in found if one[2] in QUITTABLE]
        found = [one for one in left if one[2] != "meals"] or left or found
    elif domain is not None:
        fitting = [one for one in found if one[2] in _OWN_DOMAIN.get(domain, ())]
        found = fitting or found
    if not found and _LEARNING.search(text):
        return "studying"
    if not found:
        return _foreign_activity(text)
    key = min(found)[2]
    return "steps" if key == "walking" and any(one[2] == "steps" for one in found) else key


def _activities(text: str) -> list[tuple[str, re.Match[str]]]:
    searched = ((key, words.search(text)) for key, words in _activity_words("en/activities"))
    return [(key, match) for key, match in searched if match]


def _foreign_activity(text: str) -> str:
    searched = ((key, words.search(text)) for key, words in _activity_words("world"))
    found = [(match.start(), -len(match.group()), key) for key, match in searched if match]
    return min(found)[2] if found else "other"


@cache
def _activity_words(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = lexicon.table(name)
    rows = rows["activities"] if name == "world" else rows
    return tuple((key, lexicon.spelled(words)) for key, words in rows.items())


@cache
def _domains() -> tuple[tuple[Domain, re.Pattern[str], dict[str, int]], ...]:
    rows = lexicon.table("en/domains")
    return tuple(
        (
            Domain(name),
            lexicon.spelled(word for words in weighted.values() for word in words),
            {word: int(weight) for weight, words in weighted.items() for word in words},
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
