"""Tell which language a text is in: by what it is written with, then by its small words."""

import re
from functools import cache

from coach import catalogue
from coach.rules import domains, lexicon
from coach.rules.one_reading import once
from coach.values import Language

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")
_MOSTLY = 0.5
_ENOUGH_WORDS = 3
_UNKNOWN = Language()


def of(text: str, current: str) -> Language:
    """Return the language of *text*; too short a text is taken to be in the *current* one."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not _is_latin(words):
        return named(_by_script(text) or _by_words(words, ""))
    if len(words) < _ENOUGH_WORDS:
        return named(current)
    return named(_by_words(words, current) or _by_goal_words(text, current))


def named(code: str) -> Language:
    """Return the language of that code; the unknown one for a code we have no name for."""
    row = lexicon.table("languages").get(code)
    return Language(code, row["name"], code in supported()) if row else _UNKNOWN


@cache
def supported() -> tuple[str, ...]:
    """Return the languages that we read and write."""
    return tuple(one for one in lexicon.languages() if one in catalogue.languages())


@once
def is_in(text: str, language: str) -> bool:
    """Tell whether *text* reads as *language*; short texts of unknown words do."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not _is_latin(words):
        return False
    counts = _counts(words)
    ours = counts.get(language, 0)
    theirs = max((counts[code] for code in counts if code != language), default=0)
    known = domains.activity(text, language=language) == "other" or bool(
        domains.scores(text, language)
    )
    return ours >= theirs and (bool(ours) or known)


def _is_latin(words: list[str]) -> bool:
    letters = "".join(words)
    return not letters or len(_LATIN.findall(letters)) >= _MOSTLY * len(letters)


def _by_script(text: str) -> str:
    """Return the first language whose letters are in *text*."""
    rows = lexicon.table("languages")
    marked = ((code, row["script"]) for code, row in rows.items() if "script" in row)
    return next((code for code, script in marked if re.search(script, text, re.I)), "")


def _by_words(words: list[str], current: str) -> str:
    """Return the language with the most small words; of equals the current one."""
    counts = _counts(words)
    best = max(counts, key=lambda code: (counts[code], code == current))
    return best if counts[best] else ""


def _by_goal_words(text: str, current: str) -> str:
    """Return a language whose words for goals are in *text*: the current one first."""
    tried = (current, *(one for one in supported() if one != current))
    return next((one for one in tried if domains.scores(text, one)), "")


def _counts(words: list[str]) -> dict[str, int]:
    counts = dict.fromkeys(small_words(), 0)
    for word in words:
        for code in _codes().get(word, ()):
            counts[code] += 1
    return counts


@cache
def _codes() -> dict[str, list[str]]:
    """Return the languages that each small word is of."""
    codes: dict[str, list[str]] = {}
    for code, small in small_words().items():
        for word in small:
            codes.setdefault(word, []).append(code)
    return codes


@cache
def small_words() -> dict[str, frozenset[str]]:
    """Return the small words of every language we can name; those we read have days as well."""
    rows = lexicon.table("languages")
    own = {"en": lexicon.table("en/common")["words"]}
    days = {code: _days(code) for code in lexicon.languages()}
    return {
        code: frozenset([*(own.get(code) or row.get("words", ())), *days.get(code, ())])
        for code, row in rows.items()
    }


def _days(code: str) -> list[str]:
    """Return what a language calls the days of the week."""
    named: dict[str, list[str]] = lexicon.table(f"{code}/calendar")["weekdays"]
    return [word for words in named.values() for word in words]
