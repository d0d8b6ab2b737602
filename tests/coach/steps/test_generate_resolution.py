from dataclasses import replace

import pytest

from coach.rules import resolution
from coach.steps import generate_resolution
from coach.steps.generate_resolution import Worded
from coach.values import GoalUnderstanding
from tests.coach.goals import READ, TODAY

LEER = replace(READ, text="leer 10 páginas cada noche", language="es", behaviour="leer", cue=None)


def weakness(u: GoalUnderstanding, action: str) -> str | None:
    rule = resolution.build(u, TODAY)
    card = generate_resolution.data(u, rule)["card"]
    assert isinstance(card, dict)
    worded = Worded.model_validate({**card, "then_action": action})
    return generate_resolution.weakness(worded, u, rule)


@pytest.mark.parametrize(
    ("u", "action"),
    [
        (READ, "open the book"),
        (READ, "do one page"),
        (LEER, "abrir el libro"),
        (LEER, "sentarme con el libro"),
    ],
)
def test_an_action_follows_the_words_of_the_card(u: GoalUnderstanding, action: str):
    assert weakness(u, action) is None


@pytest.mark.parametrize(
    ("u", "action"),
    [
        (READ, "I open the book"),
        (READ, "I'll open the book"),
        (READ, "to open the book"),
        (LEER, "abro el libro"),
        (LEER, "me siento con el libro"),
        (LEER, "voy a abrir el libro"),
    ],
)
def test_an_action_that_would_read_badly_after_them_is_not_shown(u: GoalUnderstanding, action: str):
    assert weakness(u, action) == "then_action"
