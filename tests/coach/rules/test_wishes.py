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
        ("I'd like to add a goal: walk daily", Wish.NEW_GOAL),
        ("I finished my thesis!", Wish.FINISHED),
        ("I passed the exam", Wish.FINISHED),
        ("I need a break", Wish.PAUSE),
        ("can we put this on hold", Wish.PAUSE),
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
        ("tengo un segundo objetivo: dormir más", Wish.NEW_GOAL),
        ("¡Por fin terminé mi tesis!", Wish.FINISHED),
        ("mueve el viernes al sábado", Wish.CHANGE),
        ("los lunes no", Wish.CHANGE),
        ("ponlo en pausa", Wish.PAUSE),
        ("estoy muy cansada", Wish.TALK),
    ],
)
def test_wishes_are_understood_in_spanish(text: str, wish: Wish):
    assert wishes.of(text, "es") is wish


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("at 8pm", "en"),
        ("8:30 pm works better", "en"),
        ("change it to 6pm", "en"),
        ("at 18:30 instead", "en"),
        ("set it to 20 minutes", "en"),
        ("could we do 7pm?", "en"),
        ("I'd prefer 7:30 am from now on", "en"),
        ("3 times a week is enough", "en"),
        ("let's do it twice a week", "en"),
        ("change friday to saturday 10am", "en"),
        ("drop Wednesday", "en"),
        ("only mondays and fridays", "en"),
        ("evenings are better", "en"),
        ("a las 20:00", "es"),
        ("a las 8 de la noche mejor", "es"),
        ("cámbialo a las 18", "es"),
        ("ponlo a las 19:30", "es"),
        ("déjalo en 10 minutos", "es"),
        ("3 veces por semana basta", "es"),
        ("con dos veces a la semana es suficiente", "es"),
        ("cambia el viernes al sábado", "es"),
        ("quita el miércoles", "es"),
        ("las tardes son mejores", "es"),
    ],
)
def test_a_time_a_number_or_a_day_alone_wishes_for_it_in_the_plan(text: str, language: str):
    assert wishes.of(text, language) is Wish.CHANGE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I did it at 8pm", "en"),
        ("my daughter comes home at 8pm", "en"),
        ("12", "en"),
        ("3 times a week is too many?", "en"),
        ("Friday was lovely", "en"),
        ("lo hice a las 20:00", "es"),
        ("mi hija llega a las 20:00", "es"),
    ],
)
def test_a_time_told_of_something_else_is_no_wish_for_a_change(text: str, language: str):
    assert wishes.of(text, language) is not Wish.CHANGE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I can't run on wednesdays any more", "en"),
        ("can't do Wednesdays", "en"),
        ("I can no longer train on Fridays because of work", "en"),
        ("I won't be able to make Wednesday any more", "en"),
        ("ya no puedo correr los miércoles", "es"),
        ("no puedo ir los lunes", "es"),
    ],
)
def test_a_weekday_that_suits_no_longer_is_a_wish_for_a_change_and_no_miss(
    text: str, language: str
):
    assert wishes.of(text, language) is Wish.CHANGE


@pytest.mark.parametrize(
    "text", ["I can't run today", "couldn't go on Wednesday", "can't make Wednesday's session"]
)
def test_a_day_that_did_not_work_once_is_still_a_miss(text: str):
    assert wishes.of(text) is Wish.REPORT
