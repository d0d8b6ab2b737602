"""Patterns that take a person's words over into ours; the patterns are data of a language."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach.rules import lexicon

_NAMES = ("do_language",)
_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Wording:
    """The compiled patterns of one language."""

    kinds: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    cut: dict[str, re.Pattern[str]]
    moments: tuple[tuple[re.Pattern[str], str], ...]
    own_moments: tuple[tuple[re.Pattern[str], str], ...]
    short: re.Pattern[str]
    subject: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    capitals: bool  # names of languages have them


@cache
def patterns(language: str = "en") -> Wording:
    """Read the patterns of *language*, once; English for a language that has none."""
    file = _FOLDER / language / "wording.toml"
    with (file if file.is_file() else _FOLDER / "en" / "wording.toml").open("rb") as source:
        rows = tomllib.load(source)
    return Wording(
        kinds=_by_kind(rows["kinds"]),
        cut={name: _compiled(text) for name, text in rows["cut"].items()},
        moments=tuple((_compiled(row["cue"]), row["key"]) for row in rows["moment"]),
        own_moments=tuple((_compiled(row["cue"]), row["key"]) for row in rows["own_moment"]),
        short=_compiled(rows["short"]["pattern"]),
        subject=_by_kind(rows["subject"]),
        capitals=rows["names_have_capitals"],
    )


def kind_of(activity: str, text: str, language: str = "en") -> str:
    """Return the kind of an activity that the words name, or the activity itself."""
    for kind, pattern in patterns(language).kinds.get(activity, ()):
        if pattern.search(text):
            return kind
    return activity


def part_of_day(text: str, language: str = "en") -> str | None:
    """Return "morning", "evening" or "night" when something is wanted every one of them."""
    found = patterns(language).cut["part"].search(text)
    return day_part(found["part"], language) if found else None


def day_part(words: str, language: str) -> str | None:
    """Return the key of the part of the day that *words* name; longer names first."""
    spelled = lexicon.table(f"{language}/calendar")["day_parts"]
    rows = ((word, part) for part, words in spelled.items() for word in words)
    longest = sorted(rows, key=lambda row: -len(row[0]))
    return next((part for word, part in longest if word in words.lower()), None)


def moment(cue: str, language: str = "en") -> str | None:
    """Return the key of the moment a cue names."""
    return next((key for pattern, key in patterns(language).moments if pattern.search(cue)), None)


def takes_a_moment(behaviour: str, language: str = "en") -> bool:
    """Tell whether somebody does this in a moment, so that minutes would be silly."""
    return patterns(language).short.match(behaviour) is not None


def subject(kind: str, text: str, language: str = "en") -> tuple[str, str] | None:
    """Return what a study or practice goal is about, and the text that says it."""
    own = patterns(language)
    for key, pattern in own.subject.get(kind, ()):
        if found := pattern.search(text):
            named = key in _NAMES or kind == "language"
            return key, found[0].title() if named and own.capitals else found[0]
    return None


def _by_kind(
    rows: dict[str, dict[str, str]],
) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    return {
        kind: tuple((key, _compiled(text)) for key, text in row.items())
        for kind, row in rows.items()
    }


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)
