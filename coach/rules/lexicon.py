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


@cache
def wording(place: str, name: str) -> re.Pattern[str]:
    """Compile the English pattern *name* of one place in the code; its pieces are joined."""
    return re.compile("".join(table("en/patterns")[place][name]), re.IGNORECASE)


def form(group: str, name: str, roles: dict[str, str]) -> re.Pattern[str]:
    """Compile a written form of `forms.toml`, its roles filled; roles may name other roles."""
    source = "".join(table("forms")[group][name])
    while found := re.search(r"<<(\w+)>>", source):
        source = source.replace(found.group(), roles[found[1]])
    return re.compile(source, re.IGNORECASE)


def spelled(words: Iterable[str]) -> re.Pattern[str]:
    """Compile plain words: `smok*` takes any ending, `run` takes s, es, d, ed, ing."""
    ordered = sorted(set(words), key=len, reverse=True)
    signs = [re.escape(word) for word in ordered if not word[0].isalnum()]
    plain = [_spelling(word) for word in ordered if word[0].isalnum()]
    # One look-behind for all of them: a position inside a word costs a single test.
    return re.compile("|".join([*signs, rf"(?<!\w)(?:{'|'.join(plain)})"]), re.IGNORECASE)


def _spelling(word: str) -> str:
    if word.endswith("*"):
        return rf"{re.escape(word[:-1])}\w*"
    return rf"{re.escape(word)}(?:'s|s|es|d|ed|ing)?(?!\w)"


def verbatim(words: Iterable[str]) -> str:
    """Return the source of a pattern for exactly one of *words*, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
