"""Goals that begin with a no: the no is an answer, and what follows it is the goal."""

import pytest

from coach.rules import resolution, understanding
from coach.values import GoalType
from tests.coach.rules.cases import NOW, TODAY


def _title(text: str, language: str) -> str:
    u = understanding.read(text, NOW, language).understanding
    return resolution.build(u, TODAY).title


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("no, I want to stop procrastinating", "en", "Stop procrastinating"),
        ("No. I want to save 300 a month", "en", "Save 300 a month"),
        ("no no i want to read 10 pages a day", "en", "Read 10 pages"),
        ("nah, I want to stop biting my nails", "en", "Stop biting my nails"),
        ("nope swim twice a week", "en", "Swim"),
        ("no, quiero dejar de procrastinar", "es", "Dejar de procrastinar"),
        ("no, yo quiero leer 10 páginas al día", "es", "Leer 10 páginas"),
    ],
)
def test_a_no_in_front_is_no_part_of_the_goal(text: str, language: str, title: str):
    assert _title(text, language) == title


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("no I don't want to run anymore, I want to swim twice a week", "en", "Swim"),
        ("no, i dont wanna run anymore, i wanna swim twice a week", "en", "Swim"),
        ("no, I don't want to quit coffee, I want to quit sugar", "en", "Quit sugar"),
        ("no, ya no quiero correr, quiero nadar dos veces por semana", "es", "Nadar"),
        ("no, no quiero correr, quiero nadar dos veces por semana", "es", "Nadar"),
    ],
)
def test_who_turns_something_down_aims_at_what_they_want_instead(
    text: str, language: str, title: str
):
    assert _title(text, language) == title


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("no sugar for 30 days", "en", "Have no sugar"),
        ("no, no sugar", "en", "Have no sugar"),
        ("no quiero fumar más", "es", "Dejar de fumar"),
        ("no comer azúcar", "es", "No comer azúcar"),
    ],
)
def test_a_no_to_the_thing_itself_stays(text: str, language: str, title: str):
    assert _title(text, language) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I don't want to smoke anymore", "Stop smoking"),
        ("no, i dont want to smoke any more", "Stop smoking"),
        ("I don't want to smoke anymore, I want to be healthy", "Stop smoking"),
        ("i no longer want to bite my nails", "Stop biting my nails"),
        ("I don't want to keep drinking every night", "Stop drinking"),
    ],
)
def test_what_people_quit_and_no_longer_want_is_quit(text: str, title: str):
    assert understanding.read(text, NOW).understanding.goal_type is GoalType.QUIT
    assert _title(text, "en") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I don't want to run anymore, I want to swim twice a week", "Swim"),
        ("I don't want to be tired anymore, I want to walk every day", "Walk"),
    ],
)
def test_another_thing_that_is_unwanted_makes_way_for_the_wish(text: str, title: str):
    assert _title(text, "en") == title
