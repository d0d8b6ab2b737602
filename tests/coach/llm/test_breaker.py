from datetime import timedelta

import pytest

from coach.llm.breaker import FAILURES, OPEN_FOR, WINDOW, Breaker

START = timedelta(hours=1)


def second(number: float) -> timedelta:
    return START + timedelta(seconds=number)


@pytest.fixture
def opened() -> Breaker:
    breaker = Breaker()
    for number in range(FAILURES):
        assert breaker.admit(second(number))
        breaker.failed(second(number))
    return breaker


OPENED_AT = second(FAILURES - 1)


def test_it_stays_closed_below_five_failures():
    breaker = Breaker()
    for number in range(FAILURES - 1):
        breaker.failed(second(number))

    assert breaker.admit(second(9))


def test_five_failures_within_a_minute_open_it(opened: Breaker):
    assert opened.is_open(OPENED_AT)
    assert not opened.admit(OPENED_AT + OPEN_FOR - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("spread", "is_open"),
    [(WINDOW, True), (WINDOW + timedelta(microseconds=1), False)],
    ids=["in a minute", "in more than that"],
)
def test_failures_count_for_a_minute(spread: timedelta, is_open: bool):
    breaker = Breaker()
    breaker.failed(START)
    for _ in range(FAILURES - 1):
        breaker.failed(START + spread)

    assert breaker.is_open(START + spread) is is_open


def test_a_success_forgets_the_failures_before_it():
    breaker = Breaker()
    for number in range(FAILURES - 1):
        breaker.failed(second(number))
    breaker.succeeded()
    breaker.failed(second(9))

    assert not breaker.is_open(second(9))


def test_after_half_a_minute_one_call_may_probe(opened: Breaker):
    assert opened.admit(OPENED_AT + OPEN_FOR)
    assert not opened.admit(OPENED_AT + OPEN_FOR)


def test_a_good_probe_closes_it(opened: Breaker):
    opened.admit(OPENED_AT + OPEN_FOR)
    opened.succeeded()

    assert opened.admit(OPENED_AT + OPEN_FOR)
    assert opened.admit(OPENED_AT + OPEN_FOR)


def test_a_bad_probe_opens_it_again(opened: Breaker):
    opened.admit(OPENED_AT + OPEN_FOR)
    opened.failed(OPENED_AT + OPEN_FOR)

    assert not opened.admit(OPENED_AT + OPEN_FOR * 1.9)
    assert opened.admit(OPENED_AT + OPEN_FOR * 2)


def test_a_probe_that_was_cancelled_leaves_room_for_another(opened: Breaker):
    opened.admit(OPENED_AT + OPEN_FOR)
    opened.given_up()

    assert opened.admit(OPENED_AT + OPEN_FOR)
