"""The safety words: patterns by class, of every language, compiled once.

A language is a file of `words/safety`, or a folder of files by concern. A pattern is a regular
expression on folded text without accents: lower case, no apostrophes, one space between words,
letters repeated three times or more reduced to one. `<<name>>` stands for a role of `roles.toml`
of the same language. Patterns of a folder begin at a word and with one of its letters or digits,
those of a single file anywhere.
Gaps are bounded (`.{0,n}`), so that matching stays linear in the length of the text.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from coach.rules import lexicon, normalise

_FOLDER = Path(__file__).parent / "words" / "safety"
_ROLE = re.compile(r"<<(\w+)>>")
_ROLES = "roles"
_NOTES = "notes"


def folded(text: str) -> str:
    """Return *text* in the form that the patterns match."""
    return normalise.plain(normalise.folded(text))


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Compile one class for all languages."""
    files = [_compiled(file, False, name) for file in sorted(_FOLDER.glob("*.toml"))]
    folders = sorted(path for path in _FOLDER.iterdir() if path.is_dir())
    files += [_compiled(file, True, name) for folder in folders for file in _parts(folder)]
    return tuple(found for found in files if found)


@cache
def notes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile the one-line notes: key and pattern, the order decides when several match."""
    files = sorted(_FOLDER.glob(f"*/{_NOTES}.toml"))
    tables = [(_read(file)["caution"], _roles(file)) for file in files]
    keys = dict.fromkeys(key for rows, _ in tables for key in rows)
    return tuple(
        (key, lexicon.words_of(_plain(one, roles) for rows, roles in tables for one in rows[key]))
        for key in keys
    )


def _parts(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob("*.toml")) if file.stem not in (_ROLES, _NOTES)]


def _compiled(file: Path, whole: bool, name: str) -> re.Pattern[str] | None:
    rows: list[str] = _read(file).get(name, [])
    if not rows:
        return None
    roles = _roles(file)
    plain = [_plain(row, roles) for row in rows]
    return lexicon.words_of(plain) if whole else lexicon.either(plain, whole=False)


def _roles(file: Path) -> dict[str, str]:
    beside = file.parent / f"{_ROLES}.toml"
    return {key: "".join(parts) for key, parts in _read(beside).items()} if beside.exists() else {}


def _plain(pattern: str, roles: dict[str, str]) -> str:
    """Fill the roles, which may name other roles, and take the accents away."""
    while found := _ROLE.search(pattern):
        pattern = pattern.replace(found.group(), f"(?:{roles[found[1]]})")
    return normalise.plain(pattern)


@cache
def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
