from datetime import timedelta

import pytest

from coach.llm import errors
from coach.llm.errors import ModelError, RateLimitedError, UnavailableError
from coach.llm.retrying import MOST_ATTEMPTS, pause

PLENTY = timedelta(seconds=12)
TWO = timedelta(seconds=2)


def seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else wait.total_seconds()


@pytest.mark.parametrize(
    ("error", "attempts", "left", "wait"),
    [
        pytest.param(UnavailableError(), 1, PLENTY, 0.25, id="down"),
        pytest.param(UnavailableError(), 2, PLENTY, 0.5, id="down again"),
        pytest.param(UnavailableError(), MOST_ATTEMPTS, PLENTY, None, id="down three times"),
        pytest.param(UnavailableError(), 1, timedelta(seconds=1.2), None, id="down, no time"),
        pytest.param(RateLimitedError(), 1, PLENTY, 0.25, id="too many calls"),
        pytest.param(RateLimitedError("", TWO), 1, PLENTY, 2, id="too many, with a wish"),
        pytest.param(RateLimitedError("", TWO), 1, TWO * 2, 2, id="a wish that fits"),
        pytest.param(RateLimitedError("", TWO), 1, TWO * 1.4, None, id="a wish that does not"),
        pytest.param(RateLimitedError("", timedelta(0)), 1, PLENTY, 0, id="at once"),
        pytest.param(errors.BrokenAnswerError(), 1, PLENTY, 0.25, id="HTML"),
        pytest.param(errors.TooLateError(), 1, PLENTY, None, id="late"),
        pytest.param(errors.EmptyAnswerError(), 1, PLENTY, None, id="empty"),
        pytest.param(errors.BlockedError(), 1, PLENTY, None, id="blocked"),
        pytest.param(errors.RefusedError(), 1, PLENTY, None, id="refused"),
        pytest.param(errors.OverBudgetError(), 1, PLENTY, None, id="over budget"),
        pytest.param(errors.BreakerOpenError(), 1, PLENTY, None, id="resting"),
    ],
)
def test_only_what_passes_is_tried_again_and_only_in_time(
    error: ModelError, attempts: int, left: timedelta, wait: float | None
):
    assert seconds(pause(error, attempts, left, jitter=0)) == wait


def test_jitter_spreads_callers_and_never_cuts_a_wish_short():
    asked = RateLimitedError("", TWO)

    assert seconds(pause(asked, 1, PLENTY, jitter=1)) == 2.25
    assert seconds(pause(UnavailableError(), 1, PLENTY, jitter=1)) == 0.5
