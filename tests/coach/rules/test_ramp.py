from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.rules import activities, ramp


@pytest.mark.parametrize(
    ("activity", "start", "target", "figures"),
    [
        ("running", 12, 20, [12, 14, 16, 15, 18, 20, 20, 20]),
        ("running", 10, 20, [10, 12, 14, 14, 16, 18, 20, 20]),
        ("steps", 5000, 9000, [5000, 5800, 6600, 6500, 7600, 8700, 9000, 9000]),
        ("meditation", 3, 10, [3, 5, 7, 9, 10, 10, 10, 10]),
    ],
)
def test_the_published_ramps_come_out_exactly(
    activity: str, start: float, target: float, figures: list[float]
):
    assert ramp.ramp(start, target, 8, activities.named(activity)) == figures


def test_the_first_weeks_can_be_held_level():
    running = activities.named("running")

    assert ramp.ramp(12, 20, 5, running, "min", hold=2) == [12, 12, 12, 12, 14]


@given(
    key=st.sampled_from(["running", "steps", "meditation", "reading", "strength", "exercises"]),
    start=st.integers(1, 90),
    more=st.integers(0, 120),
    weeks=st.integers(1, 12),
)
def test_a_ramp_rises_in_small_steps_and_never_above_its_target(
    key: str, start: int, more: int, weeks: int
):
    activity = activities.named(key)
    scale = 100 if key == "steps" else 1
    begin, target = float(start * scale), float((start + more) * scale)

    figures = ramp.ramp(begin, target, weeks, activity)

    full = [f for n, f in enumerate(figures, 1) if not ramp.is_lighter(n, weeks, activity)]
    assert len(figures) == weeks
    assert max(figures) <= target
    assert full == sorted(full)
    assert all(ramp.allowed(a, b, activity, activity.unit) for a, b in pairwise(full))
