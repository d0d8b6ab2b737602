"""What is for a doctor: each case in its own words, the same one more shortly."""

import pytest

from bot.journey import machine
from bot.journey.conversation import Stage
from bot.journey.events import Said
from coach import safety_texts
from coach.values import Danger, Safety
from tests.bot.journey.test_danger import NOON, TURN, at, tell, words


def test_another_thing_for_a_doctor_is_met_in_full():
    referred = tell(at(Stage.HOME), "x", danger=Danger.MEDICAL, kind="pregnancy")
    felt = Safety(Danger.MEDICAL, kind="symptoms")
    step = machine.advance(referred.conversation, Said(NOON, TURN, "y", felt))
    again = machine.advance(step.conversation, Said(NOON, TURN, "y", felt))

    assert words(step) == safety_texts.of(felt, "Europe/Madrid", "en")
    assert words(again) == safety_texts.text("safety.medical.again", "Europe/Madrid", "en")


def test_what_is_felt_stays_what_a_referral_is_about():
    felt = tell(at(Stage.HOME), "x", danger=Danger.MEDICAL, kind="symptoms")
    asked = tell(felt.conversation, "y", danger=Danger.MEDICAL)

    assert words(asked) == safety_texts.text("safety.medical.again", "Europe/Madrid", "en")
    assert "right now: call" in words(tell(asked.conversation, "yes, right now"))


@pytest.mark.parametrize("answer", ["yes", "yes, right now", "prepare the talk"])
def test_a_yes_about_what_is_felt_hears_of_the_emergency_number_first(answer: str):
    felt = tell(at(Stage.HOME), "x", danger=Danger.MEDICAL, kind="symptoms")
    treated = tell(at(Stage.HOME), "x", danger=Danger.MEDICAL)

    assert "right now: call" in words(tell(felt.conversation, answer))
    assert "right now: call" not in words(tell(treated.conversation, answer))
    assert tell(felt.conversation, answer).conversation.care.kind == ""
