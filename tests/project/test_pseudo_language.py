"""Adding a language is adding files: shown with one whose every letter is wide.

What a person sees in usual letters, and neither typed, nor reads as a date, nor is a name, is in
no catalogue.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from zoneinfo import available_timezones

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.texts import LANGUAGES, texts
from coach import formats
from coach.catalogue import FALLBACK_LANGUAGE
from tests.project.pseudo_talk import AT_HOME

ROOT = Path(__file__).parents[2]
LANGUAGE = "de"  # one that nobody has written yet; its dates are Babel's
WIDE = ord("\N{FULLWIDTH LATIN SMALL LETTER A}") - ord("a")
PACKAGES = ("bot", "coach", "storage")
GOALS = ("run 20 minutes", "finish thesis 1.5.2027", "quit smoking")
_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_WIDE = re.compile(r"[ａ-ｚＡ-Ｚ]")


def marked(text: str) -> str:
    """Write a text so that it can still be read and be told from what is no text of ours."""
    parts = Formatter().parse(text.replace("\\n", "\n"))
    said = "".join(
        re.sub("[A-Za-z]", lambda letter: chr(ord(letter[0]) + WIDE), literal)
        + (f"{{{slot}}}" if slot else "")
        for literal, slot, _, _ in parts
    )
    return f"⟦{said}⟧"


def write_pseudo(folder: Path) -> None:
    """Write the marked texts of *folder* into one more catalogue beside the English ones."""
    made = Catalog(locale=LANGUAGE, charset="utf-8")
    for file in sorted(folder.glob(f"{FALLBACK_LANGUAGE}.*po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=FALLBACK_LANGUAGE):
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key.startswith("date.") and "{" not in str(message.string):
                    made.add(message.id, message.string)  # a pattern of letters that mean a date
                elif key:
                    made.add(message.id, _marked(message.string))
    with (folder / f"{LANGUAGE}.po").open("wb") as target:
        write_po(target, made)


def _marked(said: object) -> str | tuple[str, ...]:
    return marked(said) if isinstance(said, str) else tuple(marked(str(form)) for form in said)  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportUnknownArgumentType] # Babel: a text or its forms


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Add the language to a copy of the packages and talk with it."""
    copy = tmp_path_factory.mktemp("packages")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    write_pseudo(copy / "bot" / "texts")
    write_pseudo(copy / "coach" / "texts")
    result = subprocess.run(
        [sys.executable, "-m", "tests.project.pseudo_talk", LANGUAGE, *GOALS],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return json.loads(result.stdout)


def of_a_date() -> set[str]:
    """Return the words that Babel writes dates with."""
    year = (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
    written = (formats.day(on, "EEEE EEE d MMMM MMM", LANGUAGE) for on in year)
    return {word for day in written for word in re.findall(r"[^\W\d_]+", day)}


def names() -> set[str]:
    """Return what is called the same in every language: languages by themselves, and zones."""
    languages = {texts(language)("language.name") for language in LANGUAGES}
    return languages | {part for zone in available_timezones() for part in _LETTERS.findall(zone)}


def test_the_added_language_is_spoken(seen: list[str]):
    assert sum(bool(_WIDE.search(text)) for text in seen) > 60


def test_every_letter_a_person_sees_is_of_a_catalogue_or_their_own_or_of_a_date(seen: list[str]):
    typed = (*GOALS, *AT_HOME)
    own = {word for text in typed for word in re.findall(r"[^\W\d_]+", text)}
    allowed = {word.casefold() for word in own | of_a_date() | names()}
    stray = {
        word: text
        for text in seen
        for word in _LETTERS.findall(text)
        if word.casefold() not in allowed
    }

    assert stray == {}
