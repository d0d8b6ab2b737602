"""Goals in which somebody else stands: as the one who decides, or as the one to beat."""

import pytest

from coach.rules import understanding
from coach.values import Domain, Route, Slot
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


@pytest.mark.parametrize(
    ("text", "language", "domain"),
    [
        ("beat my brother at tennis", "en", Domain.FITNESS),
        ("beat my best friend at chess by June", "en", Domain.LEARNING),
        ("ganar a mi hermano al tenis", "es", Domain.FITNESS),
        ("play tennis with my brother every week", "en", Domain.RELATIONSHIPS),
    ],
)
def test_who_is_to_be_beaten_is_not_whom_somebody_wants_to_meet(
    text: str, language: str, domain: Domain
):
    assert understanding.read(text, NOW, language).understanding.domain is domain
