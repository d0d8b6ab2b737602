from datetime import UTC, datetime, timedelta, timezone

from storage import windows
from storage.windows import Window


def test_a_window_ends_with_the_day_it_is_asked_on():
    asked = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)

    assert windows.last(30, asked) == Window(
        datetime(2026, 10, 27, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)
    )
    assert windows.last(30, asked).days == 30


def test_days_are_those_of_utc():
    late = datetime(2026, 11, 25, 23, 30, tzinfo=timezone(timedelta(hours=-3)))

    assert windows.last(1, late).start == datetime(2026, 11, 26, tzinfo=UTC)


def test_the_window_before_ends_where_this_one_starts():
    window = windows.last(7, datetime(2026, 11, 25, tzinfo=UTC))

    assert window.before().end == window.start
    assert window.before().days == 7
