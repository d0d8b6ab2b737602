"""The words the reading half works with: data files of a language, read once, on first use.

`words/en/*.toml` are English, `words/world.toml` is the little we read in other languages,
`words/safety/*.toml` are the safety patterns of every language. Activity keys are those of
`activities.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@cache
def table(name: str) -> dict[str, Any]:
    """Read the data file *name*, such as `en/domains`."""
    with (_FOLDER / f"{name}.toml").open("rb") as source:
        return tomllib.load(source)


def safety_languages() -> tuple[str, ...]:
    """Return the languages that have safety patterns."""
    return tuple(sorted(file.stem for file in (_FOLDER / "safety").glob("*.toml")))


def either(patterns: Iterable[str], whole: bool = True) -> re.Pattern[str]:
    """Compile *patterns* into one that matches any of them, beginning at a word."""
    start = r"(?<!\w)" if whole else ""
    return re.compile(f"{start}(?:{'|'.join(patterns)})", re.IGNORECASE)


@cache
def pattern(name: str, *keys: str) -> re.Pattern[str]:
    """Compile the list of patterns at *keys* in the data file *name*."""
    rows: Any = table(name)
    for key in keys:
        rows = rows[key]
    return either(rows)


def spelled(words: Iterable[str]) -> re.Pattern[str]:
    """Compile plain words: `smok*` takes any ending, `run` takes s, es, d, ed, ing; longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    return re.compile("|".join(_spelling(word) for word in ordered), re.IGNORECASE)


def _spelling(word: str) -> str:
    if word.endswith("*"):
        return rf"(?<!\w){re.escape(word[:-1])}\w*"
    if not word[0].isalnum():
        return re.escape(word)
    return rf"(?<!\w){re.escape(word)}(?:'s|s|es|d|ed|ing)?(?!\w)"


def verbatim(words: Iterable[str]) -> str:
    """Return the source of a pattern for exactly one of *words*, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
