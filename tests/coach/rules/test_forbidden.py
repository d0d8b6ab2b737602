from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from coach.catalogue import texts
from coach.rules import activities, forbidden

PRESSING = {
    "en": [
        "You failed",
        "no excuses",
        "you should have gone",
        "You shouldn’t have stopped",
        "You must try",
        "You'll have to run",
        "what a streak",
        "at least you tried",
        "I'm proud of you",
        "Again?",
        "You skipped it again?",
        "You only ran twice",
        "Just do it!",
        "You're behind",
        "a good food",
        "faster than most people",
        "Only 3 days left",
        "I missed you",
        "I’m worried about you",
        "I know exactly how you feel",
        "as your friend",
        "you always give up",
    ],
    "es": [
        "Has fracasado",
        "sin excusas",
        "Deberías haber ido",
        "Tienes que intentarlo",
        "qué racha",
        "por lo menos lo intentaste",
        "Estoy orgullosa de ti",
        "¿Otra vez?",
        "Solo has corrido dos veces",
        "Vas con retraso",
        "comida mala",
        "mejor que los demás",
        "Te he echado de menos",
        "Sé cómo te sientes",
        "como amigo",
        "eres un vago",
    ],
}
HARMLESS = {
    "en": [
        "mustard on the bread",
        "Shall we try again?",
        "Start again on Monday?",
        "week after week",
        "a weekend walk",
        "If it does not work, tell me",
        "You have 2 of 3 this week",
        "a lazuli stone",
        "behind the house",
        "The alarm fails now and then",
    ],
    "es": [
        "el fallo del sistema",
        "una idea vaga",
        "no es culpa tuya",
        "¿Lo intentamos otra vez?",
        "menos es más",
        "los demás días",
        "el vagón",
    ],
}


def written(folder: str, language: str) -> Iterator[tuple[str, str]]:
    for file in sorted(Path(folder).glob(f"{language}*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                said = message.string or ""
                for text in (said,) if isinstance(said, str) else said:
                    yield f"{file.name}: {message.id}", text


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, rows in PRESSING.items() for text in rows]
)
def test_words_that_press_or_blame_are_found(language: str, text: str):
    assert forbidden.found(text, language)


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, rows in HARMLESS.items() for text in rows]
)
def test_harmless_words_that_look_alike_are_left_alone(language: str, text: str):
    assert forbidden.found(text, language) == ()


@pytest.mark.parametrize("folder", ["coach/texts", "bot/texts"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_of_ours_holds_one_in_any_form(folder: str, language: str):
    read = list(written(folder, language))
    held = {key: forbidden.found(text, language) for key, text in read}

    assert len(read) > 50
    assert {key: words for key, words in held.items() if words} == {}


def test_every_language_of_ours_has_its_own_list():
    assert forbidden.found("Has fracasado", "en") == ()
    assert forbidden.found("You failed", "es") == ()


@pytest.mark.parametrize("key", activities.table())
def test_every_activity_has_all_its_texts(key: str):
    t = texts("en")
    needed = ("do", "cue", "action", "measure", "minimum", "first", "reminder", "tip.1", "tip.2")

    assert [name for name in needed if f"activity.{key}.{name}" not in t] == []


def test_no_two_sentences_speak_of_you_in_a_card_written_as_i():
    t = texts("en")
    own = [
        k for k in t.keys if k.startswith(("activity.", "line.", "moment.")) and ".tip." not in k
    ]

    assert [k for k in own if "your" in t._texts.gettext(k).split()] == []  # pyright: ignore[reportPrivateUsage] # reads every text unfilled
