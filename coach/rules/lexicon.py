"""The words the reading half works with: data files of a language, read once, on first use.

`words/<language>/*.toml` are what we read in that language; what a language lacks is read in
English. `words/world.toml` is the little we read in languages without files of their own,
`words/safety` has the safety patterns (see `safety_words`). Activity keys are those of
`activities.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"
_SPARE = "en"
_NEVER = "(?!)"  # what a language has no words for is found nowhere
_A_WORD = r"(?<!\w)(?=\w)"
_BARE = str.maketrans("áéíóúüñ", "aeiouun")
_CLASS_OR_ACCENT = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[áéíóúüñ]")


@cache
def table(name: str) -> dict[str, Any]:
    """Read the data file *name*, such as `es/domains`; keys that a language lacks are English."""
    language, _, subject = name.partition("/")
    spare = table(f"{_SPARE}/{subject}") if _falls_back(language, subject) else {}
    file = _FOLDER / f"{name}.toml"
    if spare and not file.is_file():
        return spare
    with file.open("rb") as source:
        return {**spare, **tomllib.load(source)}


def _falls_back(language: str, subject: str) -> bool:
    return language != _SPARE and (_FOLDER / _SPARE / f"{subject}.toml").is_file()


def languages() -> tuple[str, ...]:
    """Return the languages that have files of their own."""
    return tuple(sorted(file.parent.name for file in _FOLDER.glob("*/calendar.toml")))


def bare(word: str) -> str:
    """Return *word* in small letters, as typed by somebody who leaves accents out."""
    return word.lower().translate(_BARE)


def by_word(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn lists of words around: each word, with and without its accents, names its list."""
    pairs = [(word.lower(), name) for name, words in rows.items() for word in words]
    return {**{bare(word): name for word, name in pairs}, **dict(pairs)}


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Compile a pattern for both cases of letters; accents may be left out by who types.

    Sources come from the data files alone, so that what is kept has an end.
    """
    tolerant = _CLASS_OR_ACCENT.sub(_with_bare, source)
    return re.compile(tolerant, re.IGNORECASE)


def _with_bare(piece: re.Match[str]) -> str:
    letter = piece.group()
    return f"[{letter}{bare(letter)}]" if len(letter) == 1 else letter


def either(patterns: Iterable[str], whole: bool = True) -> re.Pattern[str]:
    """Compile *patterns* into one that matches any of them, beginning at a word."""
    start = r"(?<!\w)" if whole else ""
    return compiled(f"{start}(?:{'|'.join(patterns) or _NEVER})")


def words_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile *patterns*, each of which begins with a letter or digit, as `either` does.

    Far faster in a text of signs: there, a place costs two tests, not one for each pattern.
    """
    return compiled(f"{_A_WORD}(?:{'|'.join(patterns) or _NEVER})")


@cache
def pattern(name: str, *keys: str, whole: bool = True) -> re.Pattern[str]:
    """Compile the list of patterns at *keys* in the data file *name*, as `either` does."""
    rows: Any = table(name)
    for key in keys:
        rows = rows[key]
    return either(rows, whole)


@cache
def wording(place: str, name: str, language: str) -> re.Pattern[str]:
    """Compile the pattern *name* of one place in the code; its pieces are joined."""
    return compiled(_joined(language, "patterns", place, name) or _NEVER)


def form(group: str, name: str, roles: dict[str, str], language: str) -> re.Pattern[str]:
    """Compile a written form of `forms.toml`, its roles filled; roles may name other roles."""
    source = piece(group, name, language) or _NEVER
    while found := re.search(r"<<(\w+)>>", source):
        source = source.replace(found.group(), roles[found[1]])
    return compiled(source)


def piece(group: str, name: str, language: str) -> str:
    """Return the source of a written form, its roles still open."""
    return _joined(language, "forms", group, name)


def _joined(language: str, subject: str, group: str, name: str) -> str:
    """Join the pieces of one pattern; a language may have its own of some of a group only."""
    own: dict[str, list[str]] = table(f"{language}/{subject}").get(group, {})
    return "".join(own[name] if name in own else table(f"{_SPARE}/{subject}")[group][name])


def spelled(words: Iterable[str]) -> re.Pattern[str]:
    """Compile plain words: `smok*` takes any ending, `run` takes s, es, d, ed, ing."""
    ordered = sorted(set(words), key=len, reverse=True)
    signs = [re.escape(word) for word in ordered if not word[0].isalnum()]
    plain = [_spelling(word) for word in ordered if word[0].isalnum()]
    # One look for all of them: a place where no word begins costs two tests.
    worded = f"{_A_WORD}(?:{'|'.join(plain) or _NEVER})"
    return compiled("|".join([*signs, worded]))


def _spelling(word: str) -> str:
    if word.endswith("*"):
        return rf"{re.escape(word[:-1])}\w*"
    return rf"{re.escape(word)}(?:'s|s|es|d|ed|ing)?(?!\w)"


def verbatim(words: Iterable[str]) -> str:
    """Return the source of a pattern for exactly one of *words*, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
