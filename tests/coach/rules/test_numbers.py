from datetime import time

import pytest

from coach.rules import extraction, frequency, numbers, times
from coach.values import Quantity
from tests.coach.rules.cases import TODAY

AMOUNTS = {
    "run 20 minutes each": [(20, "min")],
    "read 10 pages every night": [(10, "pages/day")],
    "Drink 2 litres of water a day": [(2, "l/day")],
    "save 3,000 dollars": [(3000, "USD")],
    "my 4.200€ credit card": [(4200, "EUR")],
    "1 000 words": [(1000, "words")],
    "2,5 km": [(2.5, "km")],
    "80k words": [(80000, "words")],
    "run a 10k in May": [(10, "km")],
    "a million dollars": [(1_000_000, "USD")],
    "5 hours a week": [(5, "h/week")],
    "15 cigarettes a day": [(15, "per day")],
    "5 pushups a day": [(5, "reps/day")],
    "half an hour of yoga": [(0.5, "h")],
    "a 20-minute walk": [(20, "min")],
    "5k in 27:15": [(5, "km"), (27.25, "min")],
    "lose 2 stone": [(2, "st")],
    "60% of my salary": [(60, "%")],
    "send 5 job applications a week": [(5, "applications/week")],
    "twenty minutes": [(20, "min")],
    "I'm 34, since my 50th": [],
    "B2 certificate, type 2 diabetic": [],
    "毎日30分": [(30, "")],
    "1" * 400 + " km": [(1e15, "km")],
}
OFTEN = {
    "3 times a week": (3, ()),
    "gym 4x/week": (4, ()),
    "every night": (7, ()),
    "on weekdays": (5, (0, 1, 2, 3, 4)),
    "weekends": (2, (5, 6)),
    "every other day": (3.5, ()),
    "every other Saturday": (0.5, (5,)),
    "twice a month": (0.5, ()),
    "Tue/Thu/Sat": (3, (1, 3, 5)),
    "Sunday to Thursday": (5, (0, 1, 2, 3, 6)),
    "Mon-Fri": (5, (0, 1, 2, 3, 4)),
    "every payday": (0.25, ()),
    "2 home-cooked dinners a week": (2, ()),
    "twice a day": (14, ()),
    "I sat in the sun": (None, ()),
    "3 veces por semana": (3, ()),
    "jeden Tag": (7, ()),
}
TIMES = {
    "lights out by 23:00": time(23),
    "wake up at 6": time(6),
    "in bed by 11": time(23),
    "at 6.30 every day": time(6, 30),
    "5:45am": time(5, 45),
    "9 pm": time(21),
    "12 am": time(0),
    "before noon": time(12),
    "10 minutes": None,
    "run 10k in 45:00": None,
    "marathon in 3:45": None,
    "at 20 percent": None,
}


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.items(), ids=AMOUNTS)
def test_an_amount_keeps_its_value_and_unit(text: str, expected: list[tuple[float, str]]):
    assert [(one.quantity.value, one.quantity.unit) for one in numbers.find(text)] == expected


def test_pounds_are_money_when_money_is_meant():
    assert numbers.find("200 pounds", money=True)[0].unit == "GBP"
    assert numbers.find("200 pounds")[0].unit == "lb"


@pytest.mark.parametrize(("text", "expected"), OFTEN.items(), ids=OFTEN)
def test_how_often_is_times_a_week_and_days(
    text: str, expected: tuple[float | None, tuple[int, ...]]
):
    found = frequency.find(text)

    assert (found.per_week, found.days) == expected


@pytest.mark.parametrize(("text", "at"), TIMES.items(), ids=TIMES)
def test_a_time_of_day_is_told_from_a_number(text: str, at: time | None):
    found = times.find(text)

    assert (found[0].at if found else None) == at


def test_each_digit_is_read_once():
    seen = extraction.look("run 20 min 3 times a week at 7:30 from 4 May", TODAY)

    assert [one.quantity for one in seen.amounts] == [Quantity(20, "min")]
    assert [one.at for one in seen.times] == [time(7, 30)]
    assert (seen.often.per_week, len(seen.dates)) == (3, 1)


@pytest.mark.parametrize(
    ("cue", "at"), [("after work", time(18)), ("before bed", time(22)), ("someday", None)]
)
def test_a_cue_has_its_usual_time(cue: str, at: time | None):
    assert times.of_cue(cue) == at
