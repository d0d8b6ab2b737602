from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from coach import cards
from coach.coach import Coach
from coach.rules import choices, extraction
from coach.values import Slot

NOW = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Madrid"))


def written(goal: str) -> str:
    way = Coach(language="es").end_to_end(goal, NOW)
    assert way.resolution is not None
    assert way.plan is not None
    shown = (cards.resolution(way.resolution, "es"), cards.plan(way.plan, "es"))
    return "\n".join(map(cards.plain, shown)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("goal", "line"),
    [
        (
            "quiero correr 20 minutos 3 veces por semana",
            "Voy a correr 20 minutos, 3 veces por semana.",
        ),
        ("leer 10 páginas cada noche", "Voy a leer 10 páginas cada noche."),
        ("beber 2 litros de agua al día", "Voy a beber 2 litros de agua al día."),
        ("caminar 10000 pasos al día", "Voy a caminar 10.000 pasos al día."),
        ("llamar a mi madre cada domingo", "Voy a llamar a mi madre cada domingo."),
        (
            "ir al gimnasio lunes, miércoles y viernes a las 7",
            "Voy a ir al gimnasio 30 minutos, 3 veces por semana "
            "(lunes, miércoles y viernes), a las 07:00.",
        ),
        ("dejar de fumar", "Voy a dejar de fumar el lunes 30 de noviembre de 2026."),
        (
            "no comer dulces entre semana",
            "Voy a pasar sin comer dulces de lunes a viernes "
            "a partir del jueves 26 de noviembre de 2026.",
        ),
        ("aprender inglés", "Voy a practicar inglés 20 minutos, 5 veces por semana."),
        ("ahorrar 200 euros al mes", "Voy a ahorrar 200 € al mes."),
        (
            "organizar la boda de mi hermana para el 12 de junio",
            "Voy a organizar la boda de mi hermana para el sábado 12 de junio de 2027: "
            "45 minutos, 3 veces por semana.",
        ),
    ],
)
def test_a_resolution_is_a_spanish_sentence(goal: str, line: str):
    assert line in written(goal).splitlines()


@pytest.mark.parametrize(
    ("goal", "part"),
    [
        ("ordenar el garaje", "zona 1 del garaje lista: guardar, dar, tirar"),
        ("organizar la boda de mi hermana para el 12 de junio", "el lugar de la boda reservado"),
        ("leer 20 minutos antes del trabajo", " 07:00  leer"),
        ("correr 20 minutos los sábados antes del trabajo", "sáb 09:00  correr"),
        ("meditar 10 minutos después del café", "Cuando tengo la taza delante, voy a sentarme"),
        ("mudarme de piso en febrero", "día de la mudanza fijado"),
    ],
)
def test_a_plan_speaks_of_the_persons_thing_in_spanish(goal: str, part: str):
    assert part in written(goal)


@pytest.mark.parametrize(
    ("goal", "language", "hours"),
    [
        ("levantarme más temprano", "es", ["06:00", "06:30", "07:00"]),
        ("acostarme más temprano", "es", ["22:00", "22:30", "23:00"]),
        ("get up earlier", "en", ["06:00", "06:30", "07:00"]),
        ("go to bed earlier", "en", ["22:00", "22:30", "23:00"]),
    ],
)
def test_hours_are_offered_for_the_end_of_the_night_that_moves(
    goal: str, language: str, hours: list[str]
):
    offered = choices.of(extraction.understand(goal, NOW, language), Slot.AMOUNT, NOW)

    assert [option.label for option in offered] == hours


@pytest.mark.parametrize(
    "goal", ["quiero correr 20 minutos 3 veces por semana", "dejar de fumar", "ordenar el garaje"]
)
def test_no_english_word_is_left_on_a_spanish_card(goal: str):
    english = {"the", "and", "week", "if", "day", "first", "step", "for", "with", "my", "of"}

    assert english & set(written(goal).lower().split()) == set()
