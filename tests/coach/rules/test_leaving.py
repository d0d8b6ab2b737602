"""From so much to so little of something people quit: it is left in steps, not at once."""

import pytest

from coach.rules import resolution, understanding
from coach.values import GoalType, Mode
from tests.coach.rules.cases import NOW, TODAY


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("go from 20 cigarettes to 5", "en", "cut down on cigarettes in weekly steps"),
        ("bajar de 20 cigarrillos a 5 antes de año nuevo", "es", "reducir cigarrillos por pasos"),
        ("pasar de 20 cigarrillos al día a 5", "es", "reducir cigarrillos por pasos"),
        ("bajar de 4 cafés a 1", "es", "reducir cafés por pasos"),
    ],
)
def test_less_of_something_is_not_none_of_it(text: str, language: str, said: str):
    u = understanding.read(text, NOW, language).understanding

    assert (u.goal_type, u.mode) == (GoalType.QUIT, Mode.STEPS)
    assert said in resolution.build(u, TODAY).line


@pytest.mark.parametrize(
    ("text", "language"),
    [("bajar de 80 a 70 kilos", "es"), ("bajar de peso", "es"), ("go from 5k to 10k", "en")],
)
def test_a_weight_or_a_distance_is_nothing_to_leave(text: str, language: str):
    assert understanding.read(text, NOW, language).understanding.goal_type is GoalType.OUTCOME


def test_less_time_is_left_in_the_words_it_was_said_in():
    u = understanding.read("pasar menos tiempo en el móvil", NOW, "es").understanding

    assert u.behaviour == "pasar menos tiempo en el móvil"


@pytest.mark.parametrize(
    ("text", "language", "span"),
    [
        ("cut down from 5 beers to 2 a week", "en", "that week"),
        ("bajar de 5 cervezas a 2 por semana", "es", "esa semana"),
        ("cut down from 20 cigarettes to 5", "en", "that day"),
    ],
)
def test_a_limit_of_a_week_is_measured_by_the_week(text: str, language: str, span: str):
    u = understanding.read(text, NOW, language).understanding

    assert span in resolution.build(u, TODAY).measure
