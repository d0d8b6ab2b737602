"""Texts by key: gettext catalogues (`.po`) of a folder, one or more files a language.

A file is named `<language>.po` or `<language>.<part>.po`; the parts of a language are
merged. The msgid is the key, the msgstr the text with named `{slots}`. Slots are filled
with values only: nothing a person wrote is ever used as a template.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

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
        for part in parts:
            self._texts.add_fallback(part)

    def __call__(self, key: str, **slots: object) -> str:
        """Return the text of *key* with its slots filled."""
        return self._found(key, self._texts.gettext(key)).format_map(slots)

    def n(self, key: str, n: float, **slots: object) -> str:
        """Return the form of *key* for the number *n*, which is also the slot `{n}`."""
        whole = int(n) if n == int(n) else 2  # "0.5 hours": a fraction reads as a plural
        text = self._found(key, self._texts.ngettext(key, key, whole))
        return text.format_map({"n": n, **slots})

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def variants(self, prefix: str) -> tuple[str, ...]:
        """Return the keys `prefix.1`, `prefix.2` … that exist, in order."""
        dotted = (key for key in self.keys if key.startswith(f"{prefix}."))
        return tuple(sorted(key for key in dotted if key[len(prefix) + 1 :].isdigit()))

    def _found(self, key: str, text: str) -> str:
        if text == key:
            raise UnknownTextError(key)
        return text


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


def _files(folder: Path, language: str) -> tuple[Path, ...]:
    whole = folder / f"{language}.po"
    parts = sorted(folder.glob(f"{language}.*.po"))
    return (*([whole] if whole.is_file() else ()), *parts)


def _read(file: Path, language: str) -> tuple[GNUTranslations, frozenset[str]]:
    # Babel is imported on the first text, not at start: it is slow to load.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    ids = (message.id for message in messages if message.id)
    return GNUTranslations(compiled), frozenset(i if isinstance(i, str) else i[0] for i in ids)
