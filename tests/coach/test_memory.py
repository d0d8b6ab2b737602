"""What is remembered of somebody: only what they said or chose, or what enough days show."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from coach import doing, memory
from coach.lived import Lived, Told
from coach.memory import Fact, Kind, Source
from coach.rules import plan, resolution
from coach.values import Progress, Quantity
from coach.weeks import DayState
from tests.coach import goals
from tests.coach.goals import TODAY

RUN = replace(goals.RUN, baseline=Quantity(10, "min"), days=(1, 3, 5), at=time(7))
PLAN = plan.build(RUN, resolution.build(RUN, TODAY), TODAY)
TUESDAY = PLAN.weeks[0].sessions[0].on
LATER = TUESDAY + timedelta(days=27)
MISSED, DONE = DayState.MISSED, DayState.DONE
DAYS = (0, 2, 4, 7, 9, 11, 14, 16, 18)  # Tuesdays, Thursdays and Saturdays


def life(states: str, reason: str | None = None) -> Lived:
    """Live three weeks: d done, m missed."""
    told = (
        Told(
            TUESDAY + timedelta(days=n),
            0,
            DONE if s == "d" else MISSED,
            None if s == "d" else reason,
        )
        for n, s in zip(DAYS, states, strict=False)
    )
    return Lived(PLAN, RUN, tuple(told))


def facts(lived_: Lived, on: date = LATER, **known: str) -> dict[Kind, Fact]:
    found = memory.of_goal(lived_, Progress(**known), 7, TODAY, on)  # pyright: ignore[reportArgumentType] -- all texts
    return {fact.kind: fact for fact in found}


def test_what_was_said_and_chosen_is_told_with_its_source():
    found = facts(life(""), TUESDAY, why="my heart", what_works="music")

    assert [(one.text, one.source) for one in found.values()] == [
        ("What helps: music", Source.SAID),
        ("Why: my heart", Source.SAID),
        ("Days: Tuesday, Thursday, Saturday", Source.CHOSEN),
        ("Time of day: 07:00", Source.CHOSEN),
    ]


@pytest.mark.parametrize(
    ("states", "kinds"),
    [
        pytest.param("dmd", set[Kind](), id="three days show nothing"),
        pytest.param("dmddmddmm", {Kind.BEST_DAY, Kind.REASON}, id="three weeks show a day"),
        pytest.param("mmdmmdmmd", {Kind.BEST_DAY, Kind.COMEBACKS, Kind.REASON}, id="and returns"),
    ],
)
def test_nothing_is_claimed_from_few_days(states: str, kinds: set[Kind]):
    last = TUESDAY + timedelta(days=DAYS[len(states) - 1])

    found = facts(life(states, "ti"), last)

    assert {kind for kind, one in found.items() if one.source is Source.OBSERVED} == kinds


def test_an_observation_says_how_often():
    found = facts(life("dmddmddmm", "ti"), TUESDAY + timedelta(days=18))

    assert found[Kind.BEST_DAY].text == "Goes best on Tuesday: 3 of 3"
    assert found[Kind.REASON].text == "In the way most often: tiredness (4 times)"


@pytest.mark.parametrize("kind", [Kind.BEST_DAY, Kind.COMEBACKS, Kind.REASON, Kind.DAYS])
def test_what_is_forgotten_is_not_concluded_again(kind: Kind):
    last = TUESDAY + timedelta(days=18)
    before = life("mmdmmdmmd", "ti")
    after = replace(before, forgotten=frozenset({kind}))

    assert facts(before, last).keys() - facts(after, last).keys() == {kind}


def test_a_reply_does_not_know_what_is_forgotten():
    before = life("mmdmmdmmd", "ti")
    after = replace(before, forgotten=frozenset({"best_day", "comebacks", "obstacle"}))
    last = TUESDAY + timedelta(days=18)

    known = doing.progress(before, Progress(), last)
    assert (known.best_day, known.comebacks) != (None, 0)
    known = doing.progress(after, Progress(), last)
    assert (known.best_day, known.comebacks, known.obstacle) == (None, 0, "")
