"""Wishes about one's own data, said in plain words: to see it, take it away or erase it."""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"
_SPARE = "en"


def of(text: str, language: str = _SPARE) -> str:
    """Name the command that a text asks for: `delete`, `export`, `privacy`, or none.

    Only a text that says nothing else counts: a goal about somebody's photos is no such wish.
    """
    low = " ".join(text.lower().replace("’", "'").split()).strip(" .!?¡¿,;:)(\"'")
    for one in dict.fromkeys((language, _SPARE)):
        for name, pattern in _patterns(one).items():
            if pattern.fullmatch(low):
                return name
    return ""


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    file = _WORDS / language / "data_wishes.toml"
    if not file.is_file():
        return {}
    with file.open("rb") as source:
        return {name: re.compile(text) for name, text in tomllib.load(source).items()}
