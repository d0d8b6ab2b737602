from datetime import time

import pytest

from coach.rules import times


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
