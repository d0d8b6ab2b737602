import logging
from datetime import timedelta

import pytest

from bot.complaints import SAY_AGAIN_AFTER, Complaints
from tests.bot.fakes import LeapingClock

log = logging.getLogger(__name__)


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int]]:
    return [(record.message, getattr(record, "times", 0)) for record in caplog.records]


def test_a_trouble_is_said_at_once_and_then_counted_for_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = LeapingClock()
    complaints = Complaints(log, clock)

    for _ in range(3):
        complaints.about("cut off")
    clock.advance(SAY_AGAIN_AFTER - timedelta(seconds=1))
    complaints.about("cut off")
    assert said(caplog) == [("cut off", 1)]

    clock.advance(timedelta(seconds=1))
    complaints.about("cut off")
    assert said(caplog) == [("cut off", 1), ("cut off", 4)]


def test_another_trouble_is_not_kept_back_by_the_first(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints(log, LeapingClock())

    complaints.about("cut off")
    complaints.about("refused", logging.WARNING)

    assert said(caplog) == [("cut off", 1), ("refused", 1)]
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]
