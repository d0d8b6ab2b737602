from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.catalogue import texts
from coach.rules import adaptation, forbidden, tally
from coach.values import Quantity
from coach.weeks import AskedInReview, Change, Day, DayState, KeptWeek, Load, Pace

MONDAY = date(2026, 11, 23)
T = texts("en")
NOW = Load(Quantity(12, "min"), 4, "4 × 12 min")
NEXT = Load(Quantity(14, "min"), 4, "4 × 14 min")
AFTER = Load(Quantity(16, "min"), 4, "4 × 16 min")
LETTERS = {
    "d": DayState.DONE,
    "s": DayState.SMALL,
    "p": DayState.PARTLY,
    "m": DayState.MISSED,
    "x": DayState.SKIPPED,
    "-": DayState.NOT_DUE,
    "?": DayState.UNANSWERED,
}


def week(
    states: str,
    change: Change = Change.SAME,
    number: int = 1,
    reason: str | None = None,
    spare: int | None = None,
) -> KeptWeek:
    """Make a week from letters: done, small, partly, missed, x skipped, - not due, ? silent."""
    days = tuple(
        Day(MONDAY + timedelta(days=n), LETTERS[one], reason if one == "m" else None)
        for n, one in enumerate(states)
    )
    return KeptWeek(number, days, change, spare_days=spare)


def choose(*weeks: KeptWeek, now: Load = NOW) -> Change:
    return adaptation.choose(weeks, now, (NEXT, AFTER))[0]


@pytest.mark.parametrize(
    ("states", "share"),
    [
        ("dddd", 1.0),
        ("dsdd", 1.0),
        ("ddpp", 0.75),
        ("dddm", 1.0),  # the spare day forgives it
        ("ddmm", 2 / 3),
        ("d", 1.0),
        ("mm", 0.0),
        ("ddx", 1.0),
        ("dd--", 1.0),
        ("dm??", 1 / 3),
        ("d???", None),
        ("xxxx", None),
        ("----", None),
        ("m", None),
    ],
)
def test_small_counts_whole_partly_half_and_what_was_excused_not_at_all(
    states: str, share: float | None
):
    assert tally.of((week(states),)).share == (pytest.approx(share) if share else share)


def test_illness_and_travel_take_a_session_out_of_the_count():
    ill = tally.of((week("ddmm", reason="si"),))

    assert (ill.planned, ill.excused, ill.share) == (2, 2, 1.0)


def test_a_pause_takes_the_silent_sessions_out_of_the_count():
    assert tally.of((replace(week("dd??"), paused=True),)).share == 1.0


def test_fewer_than_four_sessions_forgive_one_in_two_weeks():
    first, second, third = week("ddm"), week("ddm", number=2), week("ddm", number=3)

    assert tally.of((first,)).spare == 1
    assert tally.of((first, second)).spare == 0
    assert tally.of((first, second, third)).spare == 1


def test_a_plan_without_spare_days_forgives_none():
    assert tally.of((week("ddddddm", spare=0),)).spare == 0


@pytest.mark.parametrize(
    ("states", "change"),
    [
        ("dddd", Change.STEP),
        ("dddm", Change.STEP),
        ("ddmm", Change.SAME),
        ("dpmm", Change.SAME),
        ("dmmm", Change.LIGHTER),
        ("mmmm", Change.MINIMUM),
        ("????", Change.SAME),
        ("xxxx", Change.SAME),
    ],
)
def test_the_share_of_the_week_decides(states: str, change: Change):
    assert choose(week(states)) is change


def test_amount_and_days_are_taken_in_turns():
    first = week("dmmm")
    second = week("dmmm", Change.LIGHTER, 2)
    third = week("dmmm", Change.FEWER_DAYS, 3)

    assert choose(first, second) is Change.FEWER_DAYS
    assert choose(first, second, third) is Change.LIGHTER


def test_a_day_is_only_taken_from_four_on():
    three = replace(NOW, sessions=3)

    assert choose(week("pmm", Change.LIGHTER, spare=0), now=three) is Change.LIGHTER


def test_what_has_no_amount_to_give_goes_to_fewer_days_and_then_to_the_minimum():
    assert choose(week("dmmm"), now=Load(None, 4, "4 sessions")) is Change.FEWER_DAYS
    second = (week("dpmm"), week("pmm", number=2))
    assert choose(*second, now=Load(None, 3, "3 sessions")) is Change.MINIMUM


def test_a_limit_is_never_lowered_because_it_was_hard():
    limit = Load(Quantity(5, "cups/day"), 7, "at most 5 cups a day", limit=True)

    assert choose(week("dmmmmmm"), now=limit) is Change.SAME
    assert choose(week("mmmmmmm"), now=limit) is Change.SAME


def test_two_whole_weeks_are_offered_a_step_more():
    assert choose(week("dddd"), week("dddd", Change.STEP, 2)) is Change.EXTRA
    assert choose(week("dddd"), week("ddds", Change.STEP, 2)) is Change.STEP


def test_two_steps_up_with_a_part_open_in_both_settle_first():
    first, second = week("dddp", Change.STEP), week("dddp", Change.STEP, 2)

    assert choose(first, second) is Change.SAME


@pytest.mark.parametrize("paused", [True, False])
def test_nothing_is_raised_after_illness_or_a_pause(paused: bool):
    rested = replace(week("dddm", reason=None if paused else "si"), paused=paused)

    assert choose(week("dddd"), replace(rested, number=2)) is Change.SAME


def test_a_plan_that_is_where_it_should_be_stays_and_asks_nothing():
    change, why = adaptation.choose((week("dddd"), week("dddd")), NOW, (NOW,))

    assert (change, why) == (Change.SAME, "steady")
    assert adaptation.asks((week("dddd"), week("dddd")), change) is None


def test_two_weeks_the_same_ask_what_gets_in_the_way():
    same = (week("ddmm"), week("ddmm", Change.SAME, 2))

    assert adaptation.asks(same[:1], Change.SAME) is None
    assert adaptation.asks(same, Change.SAME) is AskedInReview.OBSTACLE


def test_two_weeks_almost_without_ask_whether_it_is_still_the_goal():
    low = (week("mmmm"), week("mm", Change.MINIMUM, 2))

    assert adaptation.asks(low, Change.MINIMUM) is AskedInReview.STILL_THE_GOAL


@pytest.mark.parametrize(("needed", "risk"), [(130.0, False), (131.0, True)])
def test_a_date_is_at_risk_from_three_tenths_above_the_pace(needed: float, risk: bool):
    pace = Pace(Quantity(1000, "words"), 8, 100.0, needed)

    assert adaptation.is_at_risk(pace) is risk


WEEKS = st.lists(
    st.builds(
        week,
        st.text("dspmx-?", min_size=1, max_size=7),
        st.sampled_from(Change),
        st.just(1),
        st.sampled_from([None, "ti", "si", "tr", "ot"]),
    ),
    min_size=1,
    max_size=4,
).map(lambda made: tuple(replace(one, number=n + 1) for n, one in enumerate(made)))
LOADS = st.builds(
    Load,
    st.one_of(st.none(), st.builds(Quantity, st.integers(1, 90).map(float), st.just("min"))),
    st.integers(1, 7),
    st.just("this week"),
    st.booleans(),
)


@settings(deadline=None, max_examples=300)
@given(weeks=WEEKS, now=LOADS, coming=st.lists(LOADS, max_size=2).map(tuple))
def test_whatever_happened_one_thing_changes_and_it_says_why(
    weeks: tuple[KeptWeek, ...], now: Load, coming: tuple[Load, ...]
):
    made = adaptation.propose(weeks, now, coming, "walk for 5 minutes", T)

    counted = tally.of(weeks)
    assert made.because
    assert forbidden.found(made.because) == ()
    assert counted.share is None or 0 <= counted.share <= 1
    assert 0 < made.load.sessions <= 7
    if made.change is Change.SAME:
        assert made.load == now
    if made.change is Change.LIGHTER:
        assert (made.load.sessions, now.figure is not None) == (now.sessions, True)
        assert made.load.figure
        assert now.figure
        assert made.load.figure.value < now.figure.value
    if made.change is Change.FEWER_DAYS:
        assert (made.load.sessions, made.load.figure) == (now.sessions - 1, now.figure)
    if made.change is Change.MINIMUM:
        assert made.load.sessions <= 2
    if made.change in (Change.STEP, Change.EXTRA) and now.figure is not None:
        same_figure = made.load.figure == now.figure
        assert same_figure or made.load.sessions == now.sessions


@settings(deadline=None, max_examples=200)
@given(weeks=WEEKS, now=LOADS)
def test_more_is_only_proposed_after_most_of_a_week_without_illness_or_pause(
    weeks: tuple[KeptWeek, ...], now: Load
):
    change, _ = adaptation.choose(weeks, now, (NEXT, AFTER))

    if change.raises:
        share = tally.of(weeks).share
        assert share is not None
        assert share >= 0.8
        assert not tally.rests(weeks[-1])


@given(states=st.text("dspm", min_size=2, max_size=7), place=st.integers(0, 6))
def test_doing_one_session_more_never_lowers_the_share(states: str, place: int):
    at = place % len(states)
    better = states[:at] + "d" + states[at + 1 :]
    before, after = tally.of((week(states),)).share, tally.of((week(better),)).share

    assert before is None or (after is not None and after >= before - 1e-9)
