from dataclasses import replace

import pytest

from coach.coach import Coach
from coach.rules import forbidden, reasons
from coach.values import GoalType, Progress

RUN = Progress(activity="running", minimum="walk for 5 minutes", action="put my shoes on")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("no time at all", "en", "tm"),
        ("dead on my feet", "en", "ti"),
        ("slipped my mind", "en", "fo"),
        ("couldn't be bothered", "en", "mo"),
        ("so stressed", "en", "st"),
        ("my back hurts", "en", "si"),
        ("was on a business trip", "en", "tr"),
        ("it's too hard", "en", "ha"),
        ("my daughter needed me", "en", "ex"),
        ("well, it rained", "en", "ot"),
        ("not tired, just busy", "en", "tm"),
        ("no tuve tiempo", "es", "tm"),
        ("estaba agotada", "es", "ti"),
        ("se me olvidó", "es", "fo"),
        ("qué pereza", "es", "mo"),
        ("me duele la rodilla", "es", "si"),
        ("estaba de viaje", "es", "tr"),
        ("los niños me necesitaban", "es", "ex"),
        ("llovía", "es", "ot"),
    ],
)
def test_what_got_in_the_way_is_read_from_words(text: str, language: str, code: str):
    assert Coach().classify_reason(text, language) == code


@pytest.mark.parametrize("code", ["tm", "ti", "fo", "mo", "st", "ha", "ex"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", [GoalType.HABIT, GoalType.QUIT])
def test_a_reason_gets_one_line_one_option_and_its_plan(code: str, language: str, kind: GoalType):
    made = Coach().after_reason(code, replace(RUN, language=language, goal_type=kind))

    assert made.plan is not None
    assert made.plan.then in made.text
    assert 0 < len(made.option) <= 24
    assert made.text.count("?") == 1
    assert len(made.text.split()) <= 60
    assert not made.pause
    assert forbidden.found(made.text, language) == ()


@pytest.mark.parametrize("code", ["si", "tr"])
def test_illness_and_travel_get_a_pause_and_nothing_to_do(code: str):
    made = reasons.after(code, RUN)

    assert (made.pause, made.option, made.plan) == (True, "", None)


def test_another_reason_is_only_acknowledged():
    made = reasons.after("ot", RUN)

    assert (made.pause, made.option, made.plan) == (False, "", None)


def test_a_plan_that_needs_an_unknown_fact_is_not_offered():
    assert reasons.answer("tm", Progress(activity="running")) is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_own_plan_is_repeated_first_when_its_obstacle_shows_up(language: str):
    facts = replace(RUN, language=language, obstacle="work runs over", obstacle_then="walk")
    planned = replace(facts, obstacle_reason="tm")

    met = Coach().after_reason("tm", planned)
    other = Coach().after_reason("ti", planned)

    assert met.text.startswith(reasons.own_plan("tm", planned))
    assert "work runs over" in met.text
    assert "work runs over" not in other.text
    assert "work runs over" not in Coach().after_reason("tm", facts).text


def test_a_plan_that_is_the_answer_already_is_repeated_and_not_offered():
    answer = reasons.answer("ti", RUN)
    assert answer is not None
    planned = replace(RUN, obstacle=answer.when, obstacle_then=answer.then, obstacle_reason="ti")

    made = reasons.after("ti", planned)

    assert made.plan is None
    assert made.text.count(answer.then) == 1
