"""The words dates are made of, in all languages we read, and the patterns built from them."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import lexicon

_PARTS = ("end", "start", "middle", "late")
_ALSO_OTHER_WORDS = ("mar", "may", "mars", "sep", "jan", "dec", "mai")
_SPANS = ("day", "week", "month", "year")
_NAMED_SPANS = (*_SPANS, "weekend")

MOST = 1e15
"""Beyond every goal's figure, and far from infinity, which no draft can hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """Names of months, weekdays and holidays by what they mean; the rest by its role."""

    months: dict[str, int]
    weekdays: dict[str, int]
    holidays: dict[str, str]
    roles: dict[str, tuple[str, ...]]
    numbers: dict[str, float]

    def is_one_of(self, role: str, text: str) -> bool:
        """Tell whether *text* is one of the words of *role*."""
        return lexicon.bare(text.strip()) in map(lexicon.bare, self.roles[role])

    def holds(self, role: str, text: str) -> bool:
        """Tell whether one of the words of *role* stands in *text*."""
        said = rf"(?<!\w)(?:{lexicon.verbatim(self.roles[role])})(?!\w)"
        return lexicon.compiled(said).search(text) is not None

    def span(self, typed: str) -> str:
        """Return which of day, week, month, year, weekend was typed."""
        return next(unit for unit in _NAMED_SPANS if self.is_one_of(unit, typed))

    def number(self, typed: str) -> float | None:
        """Read digits or a number word."""
        typed = lexicon.bare(typed)
        if typed[0].isdigit():
            return min(float(typed.replace(",", ".")), MOST)
        return self.numbers.get(typed)


@cache
def words(language: str) -> Words:
    """Read the words of *language* and the little we read in others, once."""
    own, world = lexicon.table(f"{language}/calendar"), lexicon.table("world")
    roles = {**lexicon.table("en/calendar")["words"], **own["words"]}
    return Words(
        months=_numbered(own["months"], world["months"]),
        weekdays=_numbered(own["weekdays"], world["weekdays"]),
        holidays={**lexicon.by_word(world["holidays"]), **lexicon.by_word(own["holidays"])},
        roles={role: (*said, *world["words"].get(role, ())) for role, said in roles.items()},
        numbers=numbers_of(language),
    )


def numbers_of(language: str) -> dict[str, float]:
    """Return the number words of *language*, accents left out."""
    rows: dict[str, float] = lexicon.table(f"{language}/numbers")["words"]
    return {lexicon.bare(word): value for word, value in rows.items()}


def is_within(text: str) -> bool:
    """Tell whether a typed date says "in March" rather than "by March"."""
    return starts_with("within", text)


def starts_with(role: str, text: str) -> bool:
    """Tell whether a typed date begins with a word of *role*, in any language."""
    return _anywhere(role).match(text) is not None


def is_before(text: str) -> bool:
    """Tell whether *text* breaks off where something has to be ready before a date."""
    return _anywhere("before", r"(?<!\w)", r" [^.,;]*$").search(text) is not None


@cache
def _anywhere(role: str, start: str = "", end: str = r"(?!\w)") -> re.Pattern[str]:
    """Compile a role of all languages: a typed date does not tell which one it is in."""
    said = [word for language in lexicon.languages() for word in words(language).roles[role]]
    return lexicon.compiled(f"{start}(?:{lexicon.verbatim(said)}){end}")


def _numbered(own: dict[str, list[str]], world: dict[str, list[str]]) -> dict[str, int]:
    words = {**lexicon.by_word(world), **lexicon.by_word(own)}
    return {word: int(number) for word, number in words.items()}


@cache
def pattern(name: str, language: str) -> re.Pattern[str]:
    """Return the pattern of one form of date."""
    return lexicon.form("dates", name, _roles(language), language)


@cache
def _roles(language: str) -> dict[str, str]:
    """Return the words that the forms name, as sources of patterns."""
    found = words(language)
    spelled = {
        "until": found.roles["until"],
        "within": found.roles["within"],
        "ends": found.roles["end"],
        "parts": [word for role in _PARTS for word in found.roles[role]],
        "months": found.months,
        "plain_months": [word for word in found.months if word not in _ALSO_OTHER_WORDS],
        "weekdays": [word for word in found.weekdays if not word.endswith("days")],
        "spans": [word for unit in _SPANS for word in found.roles[unit]],
        "holidays": found.holidays,
        "numbers": found.numbers,
    }
    sources = {role: lexicon.verbatim(own) for role, own in spelled.items()}
    shared = ("lead", "year", "past")
    return {**{name: lexicon.piece("dates", name, language) for name in shared}, **sources}
