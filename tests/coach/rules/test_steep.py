from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.rules import plan, resolution, understanding
from coach.values import Plan, Quantity

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WAYS = "More time, a smaller target, or try it and look after 3 weeks: all three are fine."


def planned(text: str) -> Plan:
    u = understanding.read(text, NOW).understanding
    return plan.build(u, resolution.build(u, NOW.date()), NOW.date())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lose 10 kg by the end of february", "it is about 6 kg by then"),
        ("write a 90,000 word novel by the end of january", "11,250 words a week"),
        ("save 6000 by april, i can put aside 500 a month", "1,500 each time; you named 500"),
    ],
)
def test_a_pace_far_above_a_credible_one_gets_three_ways_and_a_look(text: str, said: str):
    made = planned(text)

    assert said in made.notes[-1]
    assert made.notes[-1].endswith(WAYS)
    assert made.weeks[2].milestone == "look whether this pace fits"


@pytest.mark.parametrize(("by", "steep"), [("by the end of february", True), ("", False)])
def test_repetitions_on_the_way_are_those_that_the_sessions_grow_to(by: str, steep: bool):
    u = understanding.read(f"do 100 pushups in a row {by}", NOW).understanding
    u = replace(u, baseline=Quantity(10, "reps"))
    made = plan.build(u, resolution.build(u, NOW.date()), NOW.date())

    sizes = [week.figure.value for week in made.weeks if week.figure]
    assert max(sizes) < 30
    marks = {week.number: week.milestone for week in made.weeks if week.milestone}
    assert marks[4] == f"around {max(sizes[:4]):g} reps"
    assert marks[8] == f"around {max(sizes[:8]):g} reps"
    assert any(WAYS in note for note in made.notes) == steep


def test_repetitions_that_comfortable_steps_reach_get_no_note():
    u = understanding.read("do 50 pushups in a row by the end of february", NOW).understanding
    u = replace(u, baseline=Quantity(30, "reps"))

    assert not any(
        WAYS in note for note in plan.build(u, resolution.build(u, NOW.date()), NOW.date()).notes
    )


@pytest.mark.parametrize(
    "text", ["lose 4 kg by march", "write 20,000 words by april", "save 600 by april", "lose 5 kg"]
)
def test_a_credible_pace_gets_no_such_note(text: str):
    assert not any("all three are fine" in note for note in planned(text).notes)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("get from 88 kg to 80 kg by march 1", ["around 86 kg", "around 84 kg", "around 82 kg"]),
        ("lose 5 kg", ["around 2 kg less than now", "around 4 kg less than now"]),
        ("gain 3 kg by april, i weigh 58 kg", ["around 60 kg", "around 61 kg", "around 61 kg"]),
    ],
)
def test_a_weight_has_figures_on_the_way_at_a_pace_that_lasts(text: str, marks: list[str]):
    made = planned(text)

    assert [week.milestone for week in made.weeks if week.milestone] == marks
