"""Texts by key: gettext catalogues (`.po`) of a folder, one or more files a language.

A file is named `<language>.po` or `<language>.<part>.po`; the parts of a language are
merged. The msgid is the key, the msgstr the text with named `{slots}`. Slots are filled
with values only: nothing a person wrote is ever used as a template.

Beside them lie `contractions.toml`, what a language writes as one word wherever two meet
("de el" is "del"), and `reviewed.toml`, whose safety texts a native speaker has read.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

FALLBACK_LANGUAGE = "en"
_OWN_FOLDER = Path(__file__).parent / "texts"


class UnknownTextError(KeyError):
    """No catalogue has this key; our fault."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Catalogue:
    """The texts of one language; a key it lacks is read in English."""

    def __init__(self, language: str, parts: tuple[GNUTranslations, ...], keys: frozenset[str]):
        self.language = language
        self.keys = keys
        self._texts = NullTranslations()
        self._contractions = tuple(_table("contractions").get(language, {}).items())
        self._variants = _by_prefix(keys)
        for part in parts:
            self._texts.add_fallback(part)

    def __call__(self, key: str, **slots: object) -> str:
        """Return the text of *key* with its slots filled."""
        return self._filled(self._found(key, self._texts.gettext(key)), slots)

    def n(self, key: str, n: float, **slots: object) -> str:
        """Return the form of *key* for the number *n*, which is also the slot `{n}`."""
        whole = int(n) if n == int(n) else 2  # "0.5 hours": a fraction reads as a plural
        text = self._found(key, self._texts.ngettext(key, key, whole))
        return self._filled(text, {"n": n, **slots})

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def variants(self, prefix: str) -> tuple[str, ...]:
        """Return the keys `prefix.1`, `prefix.2` … that exist, in order."""
        return self._variants.get(prefix, ())

    def _filled(self, text: str, slots: dict[str, object]) -> str:
        filled = text.format_map(slots)
        for apart, joined in self._contractions if slots else ():
            filled = filled.replace(apart, joined)
        return filled

    def _found(self, key: str, text: str) -> str:
        if text == key:
            raise UnknownTextError(key)
        return text


def _by_prefix(keys: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """List the numbered keys of each prefix, in the order of their numbers."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key in keys:
        prefix, _, number = key.rpartition(".")
        if prefix and number.isdigit():
            found.setdefault(prefix, []).append((int(number), key))
    return {prefix: tuple(key for _, key in sorted(rows)) for prefix, rows in found.items()}


@lru_cache(maxsize=64)
def catalogue(folder: Path, language: str) -> Catalogue:
    """Read the catalogue of *language* in *folder*, once."""
    own = _files(folder, language)
    spare = _files(folder, FALLBACK_LANGUAGE) if language != FALLBACK_LANGUAGE else ()
    read = [_read(file, language) for file in own]
    read += [_read(file, FALLBACK_LANGUAGE) for file in spare]
    keys = frozenset(key for _, found in read for key in found)
    return Catalogue(language, tuple(part for part, _ in read), keys)


def texts(language: str) -> Catalogue:
    """Return the coach's own catalogue of *language*."""
    return catalogue(_OWN_FOLDER, language)


def languages(folder: Path = _OWN_FOLDER) -> tuple[str, ...]:
    """Return the languages a folder has texts in."""
    return tuple(sorted({file.name.split(".")[0] for file in folder.glob("*.po")}))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Whether a native speaker has read the safety texts of a language; who and when."""

    language: str
    safety: bool
    reader: str = ""
    on: date | None = None


def reviewed(language: str) -> Reviewed:
    """Tell who has read the safety texts of *language*; nobody, where that is not written down."""
    row = _table("reviewed").get(language, {})
    return Reviewed(language, row.get("safety", False), row.get("reader", ""), row.get("on"))


@cache
def _table(name: str) -> dict[str, dict[str, Any]]:
    with (_OWN_FOLDER / f"{name}.toml").open("rb") as source:
        return tomllib.load(source)


def _files(folder: Path, language: str) -> tuple[Path, ...]:
    whole = folder / f"{language}.po"
    parts = sorted(folder.glob(f"{language}.*.po"))
    return (*([whole] if whole.is_file() else ()), *parts)


def _read(file: Path, language: str) -> tuple[GNUTranslations, frozenset[str]]:
    written, keys = _compiled(file, language)
    return GNUTranslations(BytesIO(written)), keys  # its own each time: they are chained


@cache
def _compiled(file: Path, language: str) -> tuple[bytes, frozenset[str]]:
    # English is read once, though every language falls back on it.
    # Babel is imported on the first text, not at start: it is slow to load.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    ids = (message.id for message in messages if message.id)
    return compiled.getvalue(), frozenset(i if isinstance(i, str) else i[0] for i in ids)
