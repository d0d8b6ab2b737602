from datetime import time

import pytest

from coach.rules import resolution, times, understanding
from tests.coach.rules.cases import NOW


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("visit my grandma every friday at 4", time(16)),
        ("visit mum at 4:30 on sundays", time(16, 30)),
        ("call dad every sunday at five", time(17)),
        ("tea at four o'clock with mum", time(16)),
        ("swim at 6 before work", time(6)),
        ("wake up at 5 to write", time(5)),
        ("be in bed by 1", time(1)),
        ("run at 5:45", time(5, 45)),
        ("gym at 7", time(7)),
        ("walk 20 min after dinner at 7", time(19)),
        ("read at 9 in the evening", time(21)),
    ],
)
def test_an_hour_without_am_or_pm_is_the_one_of_daily_life(text: str, at: time):
    assert [one.at for one in times.find(text)] == [at]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("take the dog out at quarter to six every morning", time(5, 45)),
        ("be at my desk by half past seven on weekdays", time(7, 30)),
        ("practice drums half seven on tuesdays", time(7, 30)),
        ("quarter past nine pm", time(21, 15)),
        ("lunch at twelve", time(12)),
        ("meet Tom at ten to four", time(15, 50)),
    ],
)
def test_a_time_in_words_is_read(text: str, at: time):
    assert [one.at for one in times.find(text)] == [at]


@pytest.mark.parametrize(
    "text", ["from five to six times a week", "half an hour", "walk half 5 km", "at one go"]
)
def test_numbers_in_words_that_are_no_time_are_left(text: str):
    assert times.find(text) == ()


@pytest.mark.parametrize(
    ("text", "begins", "language"),
    [
        ("only on sundays between 2 and 4 pm", time(14), "en"),
        ("from 9 to 11 am", time(9), "en"),
        ("mondays 6-7pm", time(18), "en"),
        ("between 11 and 1 pm", time(11), "en"),
        ("between 18:00 and 20:00", time(18), "en"),
        ("entre las 2 y las 4 de la tarde", time(14), "es"),
        ("domingos de 14:00 a 16:00", time(14), "es"),
    ],
)
def test_a_window_begins_in_the_half_of_the_day_in_which_it_ends(
    text: str, begins: time, language: str
):
    first, last = times.find(text, language)

    assert first.at == begins
    assert last.at > begins


@pytest.mark.parametrize("text", ["5 to 10 pushups at 8pm", "10 minutes at 8pm", "day 3, 8pm"])
def test_a_number_before_a_time_opens_no_window_by_itself(text: str):
    assert [one.at for one in times.find(text)] == [time(20)]


@pytest.mark.parametrize(
    ("text", "language", "note"),
    [
        (
            "Take my pills every day at 8am and 8pm",
            "en",
            "A goal has one time a day, here 08:00. For 20:00, add a second goal.",
        ),
        (
            "meditar todos los días a las 8:00 y a las 20:00",
            "es",
            "Una meta tiene una sola hora al día, aquí las 08:00. Para las 20:00, añade otra meta.",
        ),
        ("read on sundays between 2pm and 4pm", "en", None),
        ("read on sundays between 2 and 4 pm", "en", None),
        ("read every day at 8am", "en", None),
    ],
)
def test_times_that_a_plan_cannot_hold_are_named(text: str, language: str, note: str | None):
    u = understanding.read(text, NOW, language).understanding

    assert resolution.build(u, NOW.date()).note == note
