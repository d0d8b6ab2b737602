"""Goals and answers in Spanish, as people write them: with and without accents."""

from dataclasses import replace
from datetime import date, time

import pytest

from coach.rules import (
    answers,
    dates,
    extraction,
    frequency,
    lexicon,
    not_goals,
    numbers,
    scores,
    splitting,
    times,
    understanding,
)
from coach.values import GoalType, Mode, Slot
from tests.coach.rules.cases import NOW, TODAY

RUN = replace(extraction.understand("correr 3 veces por semana", NOW, "es"), days=(0, 2, 4))
SMOKE = extraction.understand("dejar de fumar", NOW, "es")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("antes del 15 de marzo", date(2027, 3, 15), date(2027, 3, 15)),
        ("el 1 de enero", date(2027, 1, 1), date(2027, 1, 1)),
        ("para finales de junio", date(2027, 6, 30), date(2027, 6, 30)),
        ("a mediados de abril", date(2027, 4, 15), date(2027, 4, 15)),
        ("en tres meses", date(2027, 2, 23), date(2027, 2, 23)),
        ("dentro de 10 semanas", date(2027, 2, 1), date(2027, 2, 1)),
        ("en medio año", date(2027, 5, 23), date(2027, 5, 23)),
        ("en 2 anos", date(2028, 11, 23), date(2028, 11, 23)),
        ("en diciembre del próximo año", date(2027, 12, 1), date(2027, 12, 31)),
        ("antes de que acabe el año", date(2026, 12, 31), date(2027, 1, 1)),
        ("la semana que viene", date(2026, 11, 30), date(2026, 12, 6)),
        ("hasta el viernes", date(2026, 11, 27), date(2026, 11, 27)),
        ("a partir del lunes", date(2026, 11, 30), date(2026, 11, 30)),
        ("en semana santa", date(2027, 3, 28), date(2027, 3, 28)),
        ("pasado mañana", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_a_spanish_date_is_found(text: str, first: date, last: date):
    found = dates.find(text, TODAY, "es")

    assert [(one.found.first, one.found.last) for one in found] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    ["todas las mañanas", "por la mañana", "los lunes", "hace 2 meses", "de lunes a viernes"],
)
def test_what_is_no_date_in_spanish_is_left_alone(text: str):
    assert dates.find(text, TODAY, "es") == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.000 palabras", 3000, "words"),
        ("2,5 km", 2.5, "km"),
        ("30 mil pesos", 30_000, "money"),
        ("un millón de euros", 1_000_000, "EUR"),
        ("2.000 € al mes", 2000, "EUR/month"),
        ("una hora y media", 1.5, "h"),
        ("media hora al dia", 0.5, "h/day"),
        ("20 páginas por noche", 20, "pages/day"),
        ("10.000 pasos diarios", 10_000, "steps/day"),
        ("15 cigarros al día", 15, "per day"),
        ("cuarenta y cinco minutos", 45, "min"),
    ],
)
def test_a_spanish_amount_keeps_its_unit(text: str, value: float, unit: str):
    found = numbers.find(text, language="es")

    assert [(one.quantity.value, one.quantity.unit) for one in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "per_week", "days"),
    [
        ("tres veces por semana", 3, ()),
        ("3 dias a la semana", 3, ()),
        ("cada día", 7, ()),
        ("día por medio", 3.5, ()),
        ("cada quincena", 0.5, ()),
        ("una vez al mes", 0.25, ()),
        ("entre semana", 5, (0, 1, 2, 3, 4)),
        ("de lunes a jueves", 4, (0, 1, 2, 3)),
        ("los martes y jueves", 2, (1, 3)),
        ("lun, mié y vie", 3, (0, 2, 4)),
        ("los sabados", 1, (5,)),
        ("todos los días menos los domingos", 6, (0, 1, 2, 3, 4, 5)),
        ("nadar en el mar", None, ()),
    ],
)
def test_a_spanish_text_says_how_often(text: str, per_week: float | None, days: tuple[int, ...]):
    found = frequency.find(text, "es")

    assert (found.per_week, found.days) == (per_week, days)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a las 7", time(7)),
        ("a las 7:30 de la mañana", time(7, 30)),
        ("a las 9 de la noche", time(21)),
        ("a las 7 y media", time(7, 30)),
        ("a las 8 menos cuarto", time(7, 45)),
        ("acostarme a las 11", time(23)),
        ("a medianoche", time(0)),
        ("6 pm", time(18)),
    ],
)
def test_a_spanish_time_of_day_is_found(text: str, at: time):
    assert [one.at for one in times.find(text, "es")] == [at]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Me gustaría meditar 10 minutos todas las mañanas", "meditar"),
        ("mi objetivo es leer 10 páginas cada noche antes de dormir", "leer"),
        ("quiero que me ayudes a dejar de fumar", "dejar de fumar"),
        ("tengo que terminar mi tesis antes del 20 de diciembre", "terminar mi tesis"),
        ("esta tesis me está matando, ayúdame a acabarla", "acabar mi tesis"),
        ("ir al gym 3 veces por semana", "ir al gym"),
        ("20 flexiones al día", "hacer flexiones"),
        ("nada de alcohol entre semana", "no tomar alcohol"),
        ("menos azúcar", "reducir azúcar"),
        ("me quiero poner en forma", "ponerme en forma"),
        (
            "Correr la media maratón de Madrid el 25 de abril en menos de dos horas",
            "correr la media maratón de Madrid",
        ),
        ("ya no me aguanto, necesito bajar de 95 a 85 kilos", "bajar de 95 a 85 kilos"),
    ],
)
def test_a_spanish_goal_becomes_a_phrase_with_an_infinitive(text: str, phrase: str):
    assert extraction.understand(text, NOW, "es").behaviour == phrase


@pytest.mark.parametrize(
    ("text", "cue", "at"),
    [
        ("correr antes de ir a trabajar", "antes de ir a trabajar", time(7)),
        ("leer después de cenar", "después de cenar", time(19, 30)),
        ("estirar al llegar a casa", "al llegar a casa", time(18)),
        ("meditar al despertar", "al despertar", time(7)),
    ],
)
def test_a_spanish_moment_is_a_cue_with_its_time(text: str, cue: str, at: time):
    assert extraction.cue_in(text, "es") == cue
    assert times.of_cue(cue, "es") == at


@pytest.mark.parametrize(
    ("slot", "said", "name", "value"),
    [
        (Slot.FREQUENCY, "martes y jueves", "days", (1, 3)),
        (Slot.DAYS, "entre semana", "days", (0, 1, 2, 3, 4)),
        (Slot.TIME, "a las 7 y media", "at", time(7, 30)),
        (Slot.TIME, "por la tarde", "at", time(15)),
        (Slot.HOURS, "2 horas al día", "hours_per_week", 14),
        (Slot.WHY, "por mi salud", "why", "por mi salud"),
    ],
)
def test_a_typed_answer_in_spanish_fills_its_slot(slot: Slot, said: str, name: str, value: object):
    filled, understood = answers.fill(RUN, slot, said, NOW, option=False)

    assert understood
    assert getattr(filled, name) == value


def test_a_spanish_answer_may_leave_the_choice_or_the_date_open():
    left, understood = answers.fill(RUN, Slot.AMOUNT, "no sé", NOW, option=False)
    undated, also = answers.fill(RUN, Slot.DEADLINE, "sin fecha", NOW, option=False)

    assert understood
    assert also
    assert left.chosen_for_me == (Slot.AMOUNT,)
    assert undated.deadline is None


@pytest.mark.parametrize(("said", "mode"), [("poco a poco", Mode.STEPS), ("de golpe", Mode.STOP)])
def test_a_spanish_answer_says_how_to_leave_something(said: str, mode: Mode):
    assert SMOKE.goal_type is GoalType.QUIT
    assert answers.fill(SMOKE, Slot.MODE, said, NOW, option=False)[0].mode is mode


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("no los lunes", "days", (1, 3, 5)),
        ("los lunes no puedo", "days", (1, 3, 5)),
        ("más fácil", "load", 0.7),
        ("mas facil porfa", "load", 0.7),
        ("es demasiado", "load", 0.7),
        ("más difícil", "load", 1.2),
        ("4 veces", "per_week", 4.0),
        ("¿podemos empezar el lunes?", "start", date(2026, 11, 30)),
        ("a partir del lunes", "start", date(2026, 11, 30)),
        ("empezar de lunes a miércoles", "days", (0, 1, 2)),
        ("mínimo 5 minutos", "minimum", "5 minutos"),
        ("Voy a trotar por el parque con Ana", "wording", "Voy a trotar por el parque con Ana"),
    ],
)
def test_a_resolution_is_revised_in_spanish(said: str, name: str, value: object):
    changed, understood = answers.revise(RUN, said, NOW)

    assert understood
    assert getattr(changed, name) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hola, buenas tardes", "small_talk"),
        ("buenos días, ¿cómo estás?", "small_talk"),
        ("¿eres un bot?", "question"),
        ("hoy corrí 5 km", "report"),
        ("mi hijo debería estudiar más", "others"),
        ("estoy cansada", "feelings"),
        ("¿cómo puedo dejar de fumar?", None),
        ("quiero ayudar a mi hijo a leer", None),
    ],
)
def test_spanish_texts_that_are_no_goals_are_told(text: str, kind: str | None):
    found = not_goals.recognise(text, "es")

    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Quiero bajar de peso y también aprender inglés",
            ("bajar de peso", "aprender inglés"),
        ),
        (
            "tengo tres metas: dormir mejor, leer más y dejar de fumar",
            ("dormir mejor", "leer más", "dejar de fumar"),
        ),
        (
            "dejar de fumar y llamar a mi padre cada semana",
            ("dejar de fumar", "llamar a mi padre cada semana"),
        ),
        ("leer y escribir todos los días", ()),
        ("comer menos y moverme más", ()),
    ],
)
def test_several_spanish_goals_are_told_apart(text: str, parts: tuple[str, ...]):
    assert splitting.parts(text, "es") == parts


def test_a_spanish_resolution_scores_like_its_english_twin():
    spanish = scores.text("Voy a correr 20 minutos, 3 veces por semana, al llegar a casa", "es")
    english = scores.text("I will run 20 minutes, 3 times a week, when I get home", "en")

    assert spanish.values == english.values


def test_a_tapped_picture_becomes_a_spanish_phrase():
    vague = understanding.read("quiero estar más sano", NOW).understanding

    filled, understood = answers.fill(vague, Slot.MEANING, "move", NOW, option=True)

    assert understood
    assert filled.behaviour == "salir a caminar"


def test_every_picture_has_a_meaning_in_spanish():
    english, spanish = (lexicon.table(f"{one}/vague")["means"] for one in ("en", "es"))

    assert {code: row[:2] for code, row in spanish.items()} == {
        code: row[:2] for code, row in english.items()
    }


def test_every_spanish_pattern_has_an_english_twin():
    for name in ("patterns", "forms"):
        english, spanish = (lexicon.table(f"{one}/{name}") for one in ("en", "es"))

        assert {(group, key) for group in spanish for key in spanish[group]} <= {
            (group, key) for group in english for key in english[group]
        }
