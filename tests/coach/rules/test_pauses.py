"""Until when somebody wants a pause, in their words."""

from datetime import date

import pytest

from coach.rules import pauses

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "till wednesday", date(2026, 12, 2)),
        ("en", "I'm sick, until Monday please", date(2026, 11, 30)),
        ("en", "wednesday", date(2026, 12, 2)),
        ("en", "3 days", date(2026, 11, 30)),
        ("en", "for a week", date(2026, 12, 4)),
        ("en", "two weeks", date(2026, 12, 11)),
        ("en", "until 5 December", date(2026, 12, 5)),
        ("en", "until tomorrow", date(2026, 11, 28)),
        ("es", "hasta el miércoles", date(2026, 12, 2)),
        ("es", "el miércoles", date(2026, 12, 2)),
        ("es", "tres días", date(2026, 11, 30)),
        ("es", "una semana", date(2026, 12, 4)),
        ("es", "hasta el 5 de diciembre", date(2026, 12, 5)),
    ],
)
def test_the_day_until_which_to_pause_is_read(language: str, said: str, day: date):
    assert pauses.end(said, FRIDAY, language) == day


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "done"),
        ("en", "change it to 6pm"),
        ("en", "I quit"),
        ("en", "today"),
        ("en", ""),
        ("es", "hecho"),
        ("es", "déjame en paz"),
    ],
)
def test_where_no_day_to_come_is_named_none_is_read(language: str, said: str):
    assert pauses.end(said, FRIDAY, language) is None
