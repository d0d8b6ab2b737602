from dataclasses import replace
from datetime import timedelta

import pytest

from bot.reach import Reach, may_be_messaged
from coach.preferences import Pause, Preferences
from tests.bot.fakes import NOON

OPEN = Reach(
    consented=True, reachable=True, held=False, zone="Europe/Madrid", preferences=Preferences()
)
WEEK = timedelta(days=7)


def paused(pause: Pause) -> Preferences:
    return Preferences(pause=pause)


def test_somebody_who_agreed_and_can_be_reached_may_be_messaged():
    assert may_be_messaged(OPEN, NOON)


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(replace(OPEN, consented=False), id="no consent"),
        pytest.param(replace(OPEN, reachable=False), id="blocked"),
        pytest.param(replace(OPEN, held=True), id="something heavy was said"),
        pytest.param(replace(OPEN, zone=None), id="no hour is known"),
        pytest.param(replace(OPEN, preferences=paused(Pause(NOON))), id="an open pause"),
        pytest.param(replace(OPEN, preferences=paused(Pause(NOON, NOON + WEEK))), id="a pause"),
    ],
)
def test_each_of_these_alone_keeps_everything_back(reach: Reach):
    assert not may_be_messaged(reach, NOON)


def test_a_pause_is_over_when_its_time_is():
    away = replace(OPEN, preferences=paused(Pause(NOON, NOON + WEEK)))

    assert not may_be_messaged(away, NOON + WEEK - timedelta(seconds=1))
    assert may_be_messaged(away, NOON + WEEK)


def test_an_open_pause_lasts():
    away = replace(OPEN, preferences=paused(Pause(NOON)))

    assert not may_be_messaged(away, NOON + 52 * WEEK)
