import pytest

from coach.rules import wishes
from coach.values import Wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("I ran 4k today", Wish.REPORT),
        ("did it!", Wish.REPORT),
        ("only half of it", Wish.REPORT),
        ("skipped today", Wish.REPORT),
        ("can we move Friday to Saturday?", Wish.CHANGE),
        ("make it 15 minutes", Wish.CHANGE),
        ("not Mondays please", Wish.CHANGE),
        ("I also want to learn Italian", Wish.NEW_GOAL),
        ("can I add another goal", Wish.NEW_GOAL),
        ("I finished my thesis!", Wish.FINISHED),
        ("I passed the exam", Wish.FINISHED),
        ("I need a break", Wish.PAUSE),
        ("how am I doing?", Wish.QUESTION),
        ("I'm so tired this week", Wish.TALK),
        ("thanks", Wish.TALK),
    ],
)
def test_a_message_wants_what_its_words_say(text: str, wish: Wish):
    assert wishes.of(text) is wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ya corrí hoy", Wish.REPORT),
        ("no lo hice", Wish.REPORT),
        ("también quiero aprender italiano", Wish.NEW_GOAL),
        ("¡Por fin terminé mi tesis!", Wish.FINISHED),
        ("mueve el viernes al sábado", Wish.CHANGE),
        ("los lunes no", Wish.CHANGE),
        ("estoy muy cansada", Wish.TALK),
    ],
)
def test_wishes_are_understood_in_spanish(text: str, wish: Wish):
    assert wishes.of(text, "es") is wish
