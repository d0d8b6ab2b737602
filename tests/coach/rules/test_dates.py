from datetime import date

import pytest

from coach.rules import dates, day_arithmetic
from tests.coach.rules.cases import TODAY

DAYS = {
    "by 18 April": (2027, 4, 18),
    "the 3rd of June 2028": (2028, 6, 3),
    "May 1st": (2027, 5, 1),
    "by 25/12": (2026, 12, 25),
    "by 5/5": (2027, 5, 5),
    "2027-05-01": (2027, 5, 1),
    "by 15.02.2027": (2027, 2, 15),
    "in 10 weeks": (2027, 2, 1),
    "within 3 months": (2027, 2, 23),
    "8 weeks from now": (2027, 1, 18),
    "by the end of June": (2027, 6, 30),
    "end of the year": (2026, 12, 31),
    "by the end of next year": (2027, 12, 31),
    "this year": (2026, 12, 31),
    "next Friday": (2026, 11, 27),
    "Easter": (2027, 3, 28),
    "by Christmas": (2026, 12, 25),
    "Q1": (2027, 3, 31),
    "first half of 2027": (2027, 6, 30),
    "mid March": (2027, 3, 15),
    "tomorrow": (2026, 11, 24),
    "this weekend": (2026, 11, 29),
    "on the 15th": (2026, 12, 15),
    "hand in my essay on Friday": (2026, 11, 27),
    "bis zum 15. Februar": (2027, 2, 15),
    "en 3 meses": (2027, 2, 23),
    "через 3 месяца": (2027, 2, 23),
    "31 January": (2027, 1, 31),
    "29 February": (2028, 2, 29),
}
NOTHING = (
    "24/7 support",
    "1/2 cup",
    "I may run",
    "since March",
    "last May",
    "in 2019",
    "by summer",
    "Christmas presents",
    "3 times in 5 days a week",
    "call Anna on Friday every week",
)


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=DAYS)
def test_a_date_means_the_coming_day(text: str, day: tuple[int, int, int]):
    found = dates.find(text, TODAY)

    assert [one.found.last for one in found] == [date(*day)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_coming_date_is_left_alone(text: str):
    assert dates.find(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "due"),
    [
        ("by March", date(2027, 3, 1), date(2027, 3, 31), date(2027, 3, 1)),
        ("in March", date(2027, 3, 1), date(2027, 3, 31), date(2027, 3, 31)),
        ("antes de marzo", date(2027, 3, 1), date(2027, 3, 31), date(2027, 3, 1)),
        ("до Нового года", date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_is_a_range_and_by_means_its_first_day(
    text: str, first: date, last: date, due: date
):
    found = dates.find(text, TODAY)[0].found

    assert (found.first, found.last, dates.due(found)) == (first, last, due)


def test_a_date_of_two_readings_keeps_both():
    found = dates.find("exam is on 12/05/2027", TODAY)[0].found

    assert (found.first, found.other) == (date(2027, 5, 12), date(2027, 12, 5))


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_is_computed(year: int, day: tuple[int, int]):
    assert day_arithmetic.easter(year) == date(year, *day)


def test_a_span_keeps_to_the_days_of_its_month_and_an_absurd_one_is_none():
    assert day_arithmetic.later(date(2027, 1, 31), 1, "month") == date(2027, 2, 28)
    assert day_arithmetic.later(TODAY, 9999, "year") is None
