"""Who does not know what they want, or only in which area, is asked and not planned for."""

import pytest

from coach.rules import understanding
from coach.values import Route, Slot
from tests.coach.rules.cases import NOW


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I dont know what i want", "en"),
        ("honestly, I have no idea what I want to change", "en"),
        ("i'm not sure what to do yet", "en"),
        ("idk which goal to pick", "en"),
        ("dont know yet", "en"),
        ("no sé qué quiero", "es"),
        ("pues no se que quiero hacer", "es"),
        ("no tengo claro qué quiero", "es"),
    ],
)
def test_not_knowing_what_to_want_is_no_goal(text: str, language: str):
    reading = understanding.read(text, NOW, language)

    assert (reading.route, reading.unsure) == (Route.REDIRECT, True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hmm money i guess", "en"),
        ("my health maybe", "en"),
        ("relationships?", "en"),
        ("pues dinero, supongo", "es"),
        ("mmm la salud creo", "es"),
    ],
)
def test_a_mere_area_of_life_is_asked_what_would_be_different(text: str, language: str):
    reading = understanding.read(text, NOW, language)

    assert reading.understanding.vague
    assert reading.questions[0].slot is Slot.MEANING


@pytest.mark.parametrize(
    "text",
    [
        "I don't know how to swim and want to learn it",
        "I'm not sure I can, but I want to run a 10k",
        "save money",
        "spend time with my family every sunday",
    ],
)
def test_doubt_beside_a_goal_is_no_lack_of_one(text: str):
    reading = understanding.read(text, NOW)

    assert not reading.unsure
    assert not reading.understanding.vague
