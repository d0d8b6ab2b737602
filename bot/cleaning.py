"""What happens to a person's words before anything else reads them.

After `clean`, a text is valid UTF-8, holds no control characters that a database, a
terminal or another reader would stumble over, and has a known greatest length.
"""

import re
import unicodedata

LONGEST = 4096

# C0 and C1 controls except tab and line feed; a carriage return is a line end and kept as one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by category, not by sight


def clean(text: str) -> str:
    """Make *text* safe to keep: no half characters, no controls, composed, at most LONGEST."""
    lines = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    plain = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines))
    return unicodedata.normalize("NFC", plain)[:LONGEST]  # composing may lengthen, too


def is_blank(text: str) -> bool:
    """Tell whether *text* shows nothing to a reader."""
    return all(
        character in _BLANK_LETTERS or unicodedata.category(character) in _INVISIBLE
        for character in text
    )
