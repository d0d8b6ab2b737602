"""How much was done of a plan in its own unit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coach import measured
from coach.lived import Lived, Told
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Session, Week
from coach.weeks import DayState

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
LAST = MONDAY + 2 * DAY
RUN = GoalUnderstanding("run", goal_type=GoalType.OUTCOME)


def km(value: float) -> Quantity:
    return Quantity(value, "km")


def plan(*sizes: Quantity | None) -> Plan:
    sessions = tuple(Session(MONDAY + n * DAY, None, size, "run") for n, size in enumerate(sizes))
    weeks = (Week(1, MONDAY, "begin", None, "2 km", sessions),)
    return Plan(weeks, "5 min", "coffee", "shoes", "shoes out", MONDAY, review_on=6)


def life(*told: tuple[DayState, Quantity | None], of: Plan | None = None) -> Lived:
    days = (Told(MONDAY + n * DAY, 0, state, None, size) for n, (state, size) in enumerate(told))
    return Lived(of or plan(km(2), km(2), km(2)), RUN, tuple(days))


DONE, NOT = (DayState.DONE, None), (DayState.MISSED, None)


@pytest.mark.parametrize(
    ("told", "done", "at_least"),
    [
        pytest.param((DONE, DONE, (DayState.PARTLY, km(1.2))), "5.2", False, id="an amount"),
        pytest.param((DONE, NOT, DONE), "4", False, id="one not done"),
        pytest.param((DONE, (DayState.PARTLY, None)), "2", True, id="partly, without an amount"),
        pytest.param((DONE, (DayState.SMALL, None)), "2", True, id="a small one"),
        pytest.param(((DayState.DONE, km(3)), NOT, NOT), "3", False, id="more than planned"),
    ],
)
def test_amounts_are_added_up_and_what_is_not_known_is_not_made_up(
    told: tuple[tuple[DayState, Quantity | None], ...], done: str, at_least: bool
):
    found = measured.so_far(life(*told), LAST + DAY)

    assert found is not None
    assert found.said("en") == (done, "6 km")
    assert found.at_least is at_least


def test_what_was_let_go_is_not_counted():
    found = measured.so_far(life(DONE, (DayState.SKIPPED, None), DONE), LAST)

    assert found is not None
    assert found.said("en") == ("4", "4 km")


def test_what_is_still_ahead_is_not_counted():
    found = measured.so_far(life(DONE), MONDAY)

    assert found is not None
    assert found.said("es") == ("2", "2 km")


def test_a_small_restart_has_no_amount_of_its_own():
    back = replace(plan(km(2), km(2), km(2)), restart_on=MONDAY + DAY)
    found = measured.so_far(life(DONE, DONE, DONE, of=back), LAST)

    assert found is not None
    assert (found.done, found.at_least) == (km(4), True)


@pytest.mark.parametrize(
    "lived",
    [
        pytest.param(life(NOT, NOT, NOT), id="nothing was done"),
        pytest.param(life(DONE, of=plan(None, None)), id="sessions without an amount"),
        pytest.param(life(DONE, DONE, of=plan(km(2), Quantity(5, "min"))), id="two units"),
        pytest.param(life(DONE, of=plan(Quantity(22.5, "clock"))), id="a time of day"),
        pytest.param(
            replace(life(DONE), understanding=replace(RUN, goal_type=GoalType.QUIT)),
            id="something is left",
        ),
    ],
)
def test_nothing_is_said_where_nothing_is_counted(lived: Lived):
    assert measured.so_far(lived, LAST) is None
