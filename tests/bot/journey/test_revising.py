"""Changes of a resolution that its card does not show."""

from dataclasses import replace

import pytest

from bot.journey import machine
from bot.journey.asks import AskResolution
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.found import Filled
from bot.journey.step import say
from tests.bot.journey.lives import NOON, TURN, UNDERSTOOD
from tests.bot.journey.stand_ins import RESOLUTION

CARD = Conversation(
    stage=Stage.RESOLUTION,
    consent="1",
    draft=Draft(understanding=UNDERSTOOD, resolution=RESOLUTION),
)


@pytest.mark.parametrize(("load", "key"), [(0.7, "revise.lighter"), (1.2, "revise.harder")])
def test_less_or_more_that_only_the_plan_shows_is_said_beside_the_card(load: float, key: str):
    lighter = Filled(NOON, TURN, replace(UNDERSTOOD, load=load), understood=True)

    assert machine.advance(CARD, lighter).effects == (say(key), AskResolution())


def test_a_change_that_the_card_shows_is_not_announced():
    days = Filled(NOON, TURN, replace(UNDERSTOOD, days=(1,)), understood=True)

    assert machine.advance(CARD, days).effects == (AskResolution(),)
