"""Goals in which somebody else decides."""

import pytest

from coach.rules import understanding
from coach.values import Route, Slot
from tests.coach.rules.cases import NOW


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("get my ex back", "en"),
        ("I want to win back my girlfriend", "en"),
        ("I want my ex to come back", "en"),
        ("quiero recuperar a mi ex", "es"),
        ("que mi ex vuelva", "es"),
    ],
)
def test_who_wants_somebody_back_is_asked_for_their_own_part(text: str, language: str):
    reading = understanding.read(text, NOW, language)

    assert (reading.route, reading.questions[0].slot) == (Route.CLARIFY, Slot.OWN_PART)
    assert not reading.understanding.behaviour


@pytest.mark.parametrize(
    "text", ["get my keys back", "get back into running", "call my ex about the kids every week"]
)
def test_what_is_in_ones_own_hands_is_planned(text: str):
    assert Slot.OWN_PART not in [one.slot for one in understanding.read(text, NOW).questions]
