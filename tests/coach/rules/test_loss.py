import pytest

from coach.rules import safety
from coach.values import Danger, Safety

LOSSES = (
    "my dad died three weeks ago and I can't get anything done anymore",
    "dad died last week",
    "we had the funeral yesterday",
    "I lost my mum in October",
    "I'm grieving and I need to get things done",
    "since she died I just sit there",
    "mi padre murió hace tres semanas y no consigo hacer nada",
    "falleció mi abuela",
    "perdí a mi madre en octubre",
    "estoy de luto",
)
GOALS_BESIDE_A_LOSS = (
    "grandad died of lung cancer so I want to quit smoking",
    "my wife died, I'd like to cook for myself twice a week",
    "save 100 a month, my dad died in May",
    "write the speech for my grandmother's funeral by Friday",
    "mi abuelo murió de cáncer de pulmón y quiero dejar de fumar",
    "escribir el discurso para el funeral de mi abuela",
)
NO_LOSSES = ("my phone died", "I lost my mum's ring", "passed my driving test", "perdí mi tren")


@pytest.mark.parametrize("text", LOSSES)
def test_the_loss_of_a_person_is_heavy(text: str):
    assert safety.triage(text) == Safety(Danger.HEAVY, kind="loss")


@pytest.mark.parametrize("text", [*GOALS_BESIDE_A_LOSS, *NO_LOSSES])
def test_a_goal_beside_a_loss_is_never_stopped(text: str):
    assert safety.triage(text).danger != Danger.HEAVY
