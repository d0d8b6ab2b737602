"""Words and shapes that no text of ours may hold."""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"


def found(text: str, language: str = "en") -> tuple[str, ...]:
    """List the forbidden words a text holds."""
    return tuple(match[0] for pattern in _patterns(language) for match in pattern.finditer(text))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    file = _WORDS / language / "forbidden.toml"
    with (file if file.is_file() else _WORDS / "en" / "forbidden.toml").open("rb") as source:
        return tuple(re.compile(text, re.IGNORECASE) for text in tomllib.load(source)["patterns"])
