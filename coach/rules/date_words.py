"""The words dates are made of, in all languages we read, and the patterns built from them."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import lexicon

_PARTS = ("end", "start", "middle", "late")
_ALSO_OTHER_WORDS = ("mar", "may", "mars", "sep", "jan", "dec", "mai")
_SPANS = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Words:
    """Names of months, weekdays and holidays by what they mean; the rest by its role."""

    months: dict[str, int]
    weekdays: dict[str, int]
    holidays: dict[str, str]
    roles: dict[str, tuple[str, ...]]

    def is_one_of(self, role: str, text: str) -> bool:
        """Tell whether *text* is one of the words of *role*."""
        return text.strip().lower() in self.roles[role]

    def span(self, typed: str) -> str:
        """Return which of day, week, month, year was typed."""
        return next(unit for unit in _SPANS if self.is_one_of(unit, typed))

    def number(self, typed: str) -> float | None:
        """Read digits or a number word."""
        typed = typed.lower()
        if typed[0].isdigit():
            return float(typed.replace(",", "."))
        if typed in ("a couple of", "couple of"):
            return 2
        return lexicon.table("en/numbers")["words"].get(typed)


@cache
def words() -> Words:
    """Read the words of all languages, once."""
    english, world = lexicon.table("en/calendar"), lexicon.table("world")
    roles = {role: (*own, *world["words"].get(role, ())) for role, own in english["words"].items()}
    return Words(
        months=_meanings(english["months"], world["months"]),
        weekdays=_meanings(english["weekdays"], world["weekdays"]),
        holidays={
            word: name
            for names in (english["holidays"], world["holidays"])
            for name, spelled in names.items()
            for word in spelled
        },
        roles=roles,
    )


def is_within(text: str) -> bool:
    """Tell whether a typed date says "in March" rather than "by March"."""
    found = words()
    role = lexicon.verbatim(found.roles["within"])
    return re.match(rf"(?:{role}|im|в)(?!\w)", text, re.IGNORECASE) is not None


def _meanings(*tables: dict[str, list[str]]) -> dict[str, int]:
    return {word: int(key) for names in tables for key, own in names.items() for word in own}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of one form of date."""
    return lexicon.form("dates", name, _roles())


@cache
def _roles() -> dict[str, str]:
    """Return the words that the forms name, as sources of patterns."""
    found = words()
    numbers = (*lexicon.table("en/numbers")["words"], "couple of")
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
        "numbers": numbers,
    }
    sources = {role: lexicon.verbatim(own) for role, own in spelled.items()}
    forms = lexicon.table("forms")["dates"]
    return {**{name: "".join(forms[name]) for name in ("lead", "year", "past")}, **sources}
