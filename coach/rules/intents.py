"""What a message at home is about, by its words."""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"
UNCLEAR = "none"


def of(text: str, language: str = "en") -> str:
    """Return the intent of a message; UNCLEAR when no pattern matches."""
    low = text.lower().replace("’", "'")
    return next((name for name, found in _patterns(language).items() if found.search(low)), UNCLEAR)


def names(language: str = "en") -> tuple[str, ...]:
    """List the intents that have patterns, in the order they are tried."""
    return tuple(_patterns(language))


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    file = _WORDS / language / "intents.toml"
    with (file if file.is_file() else _WORDS / "en" / "intents.toml").open("rb") as source:
        return {name: re.compile(text, re.DOTALL) for name, text in tomllib.load(source).items()}
