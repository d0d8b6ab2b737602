"""Strength forgets slowly, takes no blame from silence, and is not claimed out of a few."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import strength
from coach.strength import HALF_LIFE, Strength
from coach.weeks import Day, DayState

DONE, SMALL, PARTLY, MISSED = DayState.DONE, DayState.SMALL, DayState.PARTLY, DayState.MISSED
COUNTED = st.sampled_from((DONE, SMALL, PARTLY, MISSED))
SILENT = st.sampled_from((DayState.SKIPPED, DayState.UNANSWERED, DayState.NOT_DUE))


def days(*states: DayState) -> list[Day]:
    return [Day(date(2026, 1, 1) + timedelta(days=n), state) for n, state in enumerate(states)]


def score(*states: DayState) -> int:
    found = strength.of(days(*states))
    return found.score if found else 0


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([DONE] * 4, None),
        ([DONE] * 5, Strength(100, 5)),
        ([SMALL] * 5, Strength(100, 5)),
        ([PARTLY] * 5, Strength(50, 5)),
        ([MISSED] * 5, None),
        ([DONE] * 4 + [DayState.UNANSWERED] * 9, None),
    ],
    ids=["few", "done", "small counts whole", "partly half", "nothing to tell", "silence"],
)
def test_it_is_the_share_that_was_kept_of_enough_told_sessions(
    states: list[DayState], expected: Strength | None
):
    assert strength.of(days(*states)) == expected


def test_a_session_counts_half_after_one_half_life_of_newer_ones():
    long_ago, now = [DONE] * HALF_LIFE, [MISSED] * HALF_LIFE

    assert score(*long_ago, *now) == 33  # a half against a whole
    assert score(*now, *long_ago) == 67


def test_the_order_in_which_days_come_makes_no_difference():
    found = days(DONE, MISSED, MISSED, DONE, DONE, MISSED)

    assert strength.of(reversed(found)) == strength.of(found)


@given(st.lists(COUNTED, min_size=5, max_size=60), st.lists(SILENT, max_size=20))
def test_what_is_let_go_or_not_answered_changes_nothing(
    told: list[DayState], silent: list[DayState]
):
    assert score(*told, *silent) == score(*told)


@given(st.lists(COUNTED, min_size=5, max_size=60).filter(lambda told: DONE in told))
def test_one_miss_never_takes_it_to_zero_and_one_more_kept_never_lowers_it(told: list[DayState]):
    before = score(*told)

    assert 0 < score(*told, MISSED) <= before
    assert before <= score(*told, DONE) <= 100
