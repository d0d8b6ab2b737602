"""A rhythm or a limit that somebody states is the one they are shown."""

import pytest

from coach.rules import resolution, understanding
from tests.coach.rules.cases import NOW, TODAY

LINES = {
    "visit my grandma every second sunday": (
        "I will visit my grandma every two weeks, on a Sunday."
    ),
    "call my mum once a month on a sunday": "I will call my mum once a month, on a Sunday.",
    "visit my parents on the first sunday of every month": (
        "I will visit my parents once a month, on a Sunday."
    ),
    "brush my teeth twice a day, every day": "I will brush my teeth, 2 times a day.",
    "I want to walk my dog every morning and evening": (
        "I will walk my dog for 15 minutes every morning and evening."
    ),
    "stretch in the morning and in the evening": (
        "I will stretch for 8 minutes in the morning and in the evening."
    ),
    "do my physio exercises twice a day for my knee": (
        "I will do my physio exercises for my knee: 8 minutes, 2 times a day."
    ),
    "meditate for 10 minutes twice a day": "I will meditate for 10 minutes, 2 times a day.",
    "gym 3x/week mon wed fri 6am": (
        "I will go to the gym for 30 minutes, 3 times a week (Monday, Wednesday and Friday), "
        "at 06:00."
    ),
    "yoga mon thu": "I will do yoga for 8 minutes, 2 times a week (Monday and Thursday).",
    "drink water 8 times a day": "I will drink water, 8 times a day.",
    "drink less wine, max 2 glasses on weekends": (
        "I will keep to at most 2 glasses a day at weekends."
    ),
    "drink at most 1 beer on fridays": "I will keep to at most 1 drink every Friday.",
    "max 2 beers on friday and saturday": (
        "I will keep to at most 2 drinks a day on Friday and Saturday."
    ),
}
LINES_ES = {
    "visitar a mi abuela un domingo sí y otro no": (
        "Voy a visitar a mi abuela cada dos semanas, en domingo."
    ),
    "visitar a mi abuela cada dos domingos": (
        "Voy a visitar a mi abuela cada dos semanas, en domingo."
    ),
    "visitar a mis padres el primer domingo de cada mes": (
        "Voy a visitar a mis padres una vez al mes, en domingo."
    ),
    "pasear al perro cada mañana y noche": (
        "Voy a pasear al perro 15 minutos cada mañana y noche."
    ),
    "meditar por la mañana y por la noche": (
        "Voy a meditar 5 minutos por la mañana y por la noche."
    ),
    "hacer mis estiramientos dos veces al día": (
        "Voy a hacer mis estiramientos 8 minutos, 2 veces al día."
    ),
    "correr lun mié vie": (
        "Voy a correr 15 minutos, 3 veces por semana (lunes, miércoles y viernes)."
    ),
    "leer mas por las noches": "Voy a leer 10 páginas, 5 veces por semana, por las noches.",
    "beber menos vino, máximo 2 copas los fines de semana": (
        "Voy a quedarme como mucho en 2 copas al día los fines de semana."
    ),
}


def _line(text: str, language: str) -> str:
    u = understanding.read(text, NOW, language).understanding
    return resolution.build(u, TODAY).line


@pytest.mark.parametrize("text", LINES)
def test_a_stated_rhythm_stands_in_the_line(text: str):
    assert _line(text, "en") == LINES[text]


@pytest.mark.parametrize("text", LINES_ES)
def test_a_stated_rhythm_stands_in_the_spanish_line(text: str):
    assert _line(text, "es") == LINES_ES[text]
