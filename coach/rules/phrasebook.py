"""Pattern files that every language has its own of: English stands in for a missing one.

Their patterns are written for texts as `plain` makes them, so nobody has to write down
every accent, apostrophe and stretched letter that people leave out or put in.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from coach.rules import lexicon, normalise


def plain(text: str) -> str:
    """Return *text* in lower case, without accents, apostrophes and stretched letters."""
    lowered = normalise.one_line(text).lower().replace("'ll ", " will ")  # "i'll" is not "ill"
    split = unicodedata.normalize("NFD", normalise.folded(lowered))
    return "".join(char for char in split if not unicodedata.combining(char))


def table(name: str, language: str) -> dict[str, Any]:
    """Read the file *name* of a language."""
    return lexicon.table(f"{language}/{name}")


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile *patterns* into one that matches any of them as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
