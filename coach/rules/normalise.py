"""Make typed text comparable: one form for letters, quotes and spaces."""

import re
import unicodedata

from coach.rules.one_reading import once

_QUOTES = str.maketrans("‘’‚‛“”„‟´`′″", "''''\"\"\"\"''''")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?\n[ \n]*")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_ACCENTS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_MESSAGE = 4096  # characters; one alone may become eighteen, and a message of them a small book
_APOSTROPHES = str.maketrans("", "", "'")


@once
def clean(text: str) -> str:
    """Return *text* in one Unicode form, without invisible characters, line breaks kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFKC", lines)[: max(len(lines), _MESSAGE)]
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text).translate(_QUOTES))
    return _LINE_EDGES.sub("\n", _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Return *text* cleaned, with its line breaks made into spaces."""
    return clean(text).replace("\n", " ")


def folded(text: str) -> str:
    """Return *text* for matching safety words: lower case, no apostrophes, no stretched letters."""
    lowered = one_line(text).lower().translate(_APOSTROPHES)
    return _REPEATED.sub(r"\1", lowered)


def plain(text: str) -> str:
    """Return *text* without the accents of Latin letters; other scripts keep their signs."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)
