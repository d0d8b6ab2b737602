"""Every text in every language: the same keys and slots, labels that fit, nothing that presses."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import bot.texts
import coach.catalogue
from coach.catalogue import FALLBACK_LANGUAGE, languages, reviewed
from coach.rules import forbidden

FOLDERS = {
    "bot": Path(bot.texts.__file__).parent,
    "coach": Path(coach.catalogue.__file__).parent / "texts",
}
JOURNEY = Path(bot.texts.__file__).parent.parent / "journey"
OTHERS = [
    (name, language)
    for name, folder in FOLDERS.items()
    for language in languages(folder)
    if language != FALLBACK_LANGUAGE
]
SAID = [(name, FALLBACK_LANGUAGE) for name in FOLDERS] + OTHERS
MOST_LETTERS = 24
MOST_WORDS = 90


def messages(folder: str, language: str) -> Iterator[Message]:
    root = FOLDERS[folder]
    for file in sorted({*root.glob(f"{language}.po"), *root.glob(f"{language}.*.po")}):
        with file.open("rb") as source:
            yield from (message for message in read_po(source, locale=language) if message.id)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    said = message.string or ("",)
    return (said,) if isinstance(said, str) else tuple(said)


def texts_of(folder: str, language: str) -> dict[str, tuple[str, ...]]:
    return {key(message): forms(message) for message in messages(folder, language)}


def slots(said: tuple[str, ...]) -> set[str]:
    """Collect what the forms of a text ask for; a value may be asked for in another case."""
    asked = {name for form in said for _, name, _, _ in string.Formatter().parse(form) if name}
    return {name.removesuffix("_upper").removesuffix("_name") for name in asked}


@pytest.mark.parametrize(("folder", "language"), OTHERS)
def test_a_language_has_exactly_the_english_keys(folder: str, language: str):
    english, own = texts_of(folder, FALLBACK_LANGUAGE), texts_of(folder, language)

    assert (sorted(english.keys() - own.keys()), sorted(own.keys() - english.keys())) == ([], [])


@pytest.mark.parametrize(("folder", "language"), OTHERS)
def test_a_text_has_the_same_slots_in_every_language(folder: str, language: str):
    english, own = texts_of(folder, FALLBACK_LANGUAGE), texts_of(folder, language)
    other = {
        one: (slots(english[one]), slots(own[one]))
        for one in english.keys() & own.keys()
        if slots(english[one]) != slots(own[one])
    }

    assert other == {}


@pytest.mark.parametrize(("folder", "language"), SAID)
def test_no_key_is_written_twice_and_no_form_is_left_out(folder: str, language: str):
    keys = [key(message) for message in messages(folder, language)]
    empty = [key(one) for one in messages(folder, language) if not all(forms(one))]

    assert sorted({one for one in keys if keys.count(one) > 1}) == []
    assert empty == []


@pytest.mark.parametrize(("folder", "language"), SAID)
def test_no_text_holds_a_word_that_presses_or_blames(folder: str, language: str):
    held = {
        one: found
        for one, said in texts_of(folder, language).items()
        if (found := [word for form in said for word in forbidden.found(form, language)])
    }

    assert held == {}


@pytest.mark.parametrize(("folder", "language"), SAID)
def test_a_label_fits_on_a_button(folder: str, language: str):
    label, english = labels(folder), texts_of(folder, FALLBACK_LANGUAGE)
    long = {
        one: form
        for one, said in texts_of(folder, language).items()
        for form in said
        if len(form) > MOST_LETTERS and label.of(one, english[one])
    }

    assert long == {}


@pytest.mark.parametrize(("folder", "language"), SAID)
def test_a_text_takes_ninety_words_at_most(folder: str, language: str):
    long = [
        one
        for one, said in texts_of(folder, language).items()
        if max(len(form.split()) for form in said) > MOST_WORDS
    ]

    assert long == []


def test_every_language_is_spoken_by_bot_and_coach_alike():
    assert languages(FOLDERS["bot"]) == languages(FOLDERS["coach"])


def test_it_is_known_of_every_language_whether_its_safety_texts_were_read():
    told = coach.catalogue.FALLBACK_LANGUAGE, *(language for _, language in OTHERS)

    assert reviewed(FALLBACK_LANGUAGE).safety
    assert all(
        one.safety == bool(one.reader and one.on)
        for one in map(reviewed, told)
        if one.language != FALLBACK_LANGUAGE
    )


@dataclass
class Labels:
    """The keys of labels; a key that is put together in code is one if its English can be."""

    written: set[str]
    made: set[str]

    def of(self, one: str, english: tuple[str, ...]) -> bool:
        made = any(re.fullmatch(pattern, one) for pattern in self.made)
        return one in self.written or (made and max(map(len, english)) <= MOST_LETTERS)


def labels(folder: str) -> Labels:
    """Find what becomes a label: what the journey makes buttons of, and offered answers."""
    if folder == "coach":
        offered = re.compile(r"option\..+|resize\.\w+\.(?:span|longer)")
        return Labels({one for one in texts_of(folder, "en") if offered.fullmatch(one)}, set())
    found = Labels(set(), set())
    for file in JOURNEY.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                _note_label(found, node.func.id, node.args[0])
    return found


def _note_label(found: Labels, called: str, first: ast.expr) -> None:
    if called == "Button" and isinstance(first, ast.Call) and first.args:
        return _note_label(found, "button", first.args[0])
    if called == "button" and isinstance(first, ast.Constant):
        found.written.add(str(first.value))
    if called == "button" and isinstance(first, ast.JoinedStr):
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+"
            for part in first.values
        )
        found.made.add("".join(parts))
    return None
