"""Patterns that are looked for only where a word begins do begin with a word."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.rules import lexicon

SAFETY = Path(lexicon.__file__).parent / "words" / "safety"
OPENING = re.compile(r"(?:\(\?:|\(\?<?[=!](?:[^()]|\([^()]*\))*\)|\\b|\^|\()*+")
LETTER = re.compile(r"<<\w+>>|\\[wd]|\[[^\W_]|[^\W_]")


def _rows() -> Iterator[str]:
    for language in lexicon.languages():
        for row in lexicon.table(f"{language}/goal_types")["rule"]:
            yield from row["patterns"]
        for row in lexicon.table(f"{language}/frequency")["fixed"]:
            yield from row["patterns"]
    yield from lexicon.table("world")["frequency"]["daily"]
    for file in sorted(SAFETY.glob("*/*.toml")):
        if file.stem != "roles":
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            table = table.get("caution", table)
            for rows in table.values():
                yield from rows


def _begins_with_a_word(row: str) -> bool:
    opening = OPENING.match(row)
    return opening is not None and LETTER.match(row, opening.end()) is not None


def test_every_pattern_of_words_begins_with_a_letter_or_digit():
    assert [row for row in _rows() if not _begins_with_a_word(row)] == []


@pytest.mark.parametrize("row", [r"\Wrun", r"(?:¿)?eres", r"(?=\w)(?:<|a)b"])
def test_one_that_begins_with_a_sign_is_noticed(row: str):
    assert not _begins_with_a_word(row)
