import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import pacing
from bot.delivery.pacing import Limits, Pacing

START = timedelta(hours=1)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def count(pace: Pacing, chat: int, now: timedelta) -> None:
    pace.count(now)
    pace.count_message(chat, now)


def test_a_chat_gets_a_burst_of_three_and_then_one_a_second() -> None:
    pace, sent = Pacing(Limits()), list[float]()
    for tenth in range(60):
        now = START + seconds(tenth / 10)
        if 7 not in pace.must_wait(now):
            count(pace, 7, now)
            sent.append(tenth / 10)

    assert sent == [0, 0.1, 0.2, 1, 2, 3, 4, 5]


def test_a_chat_that_was_quiet_has_its_burst_again() -> None:
    pace = Pacing(Limits())
    for _ in range(3):
        count(pace, 7, START)
    assert pace.must_wait(START) == {7}

    later = START + seconds(3)
    for _ in range(3):
        assert pace.must_wait(later) == set()
        count(pace, 7, later)
    assert pace.must_wait(later) == {7}


def test_edits_do_not_use_up_a_chats_rate() -> None:
    pace = Pacing(Limits())
    for _ in range(10):
        pace.count(START)

    assert pace.must_wait(START) == set()


def test_all_together_get_twenty_five_a_second() -> None:
    pace, sent = Pacing(Limits()), 0
    for hundredth in range(400):
        now = START + seconds(hundredth / 100)
        for _ in range(pace.slots(now)):
            count(pace, sent, now)
            sent += 1

    assert sent == pytest.approx(4 * 25, abs=1)


def test_calls_are_spread_out_over_all() -> None:
    pace = Pacing(Limits())
    count(pace, 7, START)

    assert pace.slots(START) == 0
    assert pace.opens_at(START) == START + seconds(1 / 25) - pacing.AHEAD_OVER_ALL


def test_a_paused_chat_waits_and_the_others_do_not() -> None:
    pace = Pacing(Limits())
    pace.pause(7, START + seconds(9))

    assert pace.must_wait(START) == {7}
    assert pace.slots(START) > 0
    assert pace.chats_open_at(START) == START + seconds(9)
    assert pace.must_wait(START + seconds(9)) == set()


def test_with_nothing_held_back_there_is_nothing_to_wait_for() -> None:
    assert Pacing(Limits()).opens_at(START) is None
    assert Pacing(Limits()).chats_open_at(START) is None


def test_limits_can_be_lifted() -> None:
    pace = Pacing(Limits(per_second=math.inf, per_chat_second=math.inf))
    for _ in range(1000):
        assert pace.slots(START) == pace.limits.replies_in_flight + pace.limits.nudges_in_flight
        count(pace, 7, START)

    assert pace.must_wait(START) == set()


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0, 2)), max_size=60))
def test_whatever_comes_no_rate_is_exceeded(tries: list[tuple[int, float]]) -> None:
    pace, now, sent = Pacing(Limits()), START, list[tuple[int, timedelta]]()
    for chat, later in tries:
        now += seconds(later)
        if pace.slots(now) and chat not in pace.must_wait(now):
            count(pace, chat, now)
            sent.append((chat, now))

    for chat in range(1, 5):
        times = [at for to, at in sent if to == chat]
        for first, last in zip(times, times[3:], strict=False):
            assert last - first >= seconds(0.999)


def test_many_chats_refused_within_a_second_hold_all_nudges_until_the_last_may_go() -> None:
    pacing = Pacing(Limits())
    for chat in (1, 2):
        pacing.refuse(chat, timedelta(), timedelta(seconds=5))
    assert pacing.nudges_may_go(timedelta())
    pacing.refuse(3, timedelta(seconds=1), timedelta(seconds=8))
    assert not pacing.nudges_may_go(timedelta(seconds=7.9))
    assert pacing.nudges_may_go(timedelta(seconds=8))
    assert pacing.must_wait(timedelta(seconds=2)) == {1, 2, 3}


def test_chats_refused_one_after_another_hold_no_nudges_to_others() -> None:
    pacing = Pacing(Limits())
    for second in (0, 2, 4, 6):
        pacing.refuse(second, timedelta(seconds=second), timedelta(seconds=60))
    assert pacing.nudges_may_go(timedelta(seconds=6))
