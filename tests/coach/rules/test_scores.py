from dataclasses import replace

import pytest

from coach.rules import features, plan, resolution, scores
from coach.rules.features import Features
from coach.values import Quantity
from tests.coach import goals
from tests.coach.goals import TODAY

# Two published values disagree with their formulas; the formulas hold: a promotion is nobody's own
# action (actionability 1, not 2), and its mean is 4.0.
REFERENCES = [
    ("be better", 4.0, 0.0, 0.0, 1.0, 1.2),
    ("get fit", 5.0, 2.0, 0.0, 2.0, 2.2),
    ("exercise more this year", 5.0, 3.0, 2.0, 2.0, 3.0),
    ("run 3 times a week", 9.0, 6.0, 5.0, 2.0, 5.5),
    ("lose 6 kg by March", 9.0, 5.0, 6.0, 2.0, 5.5),
    ("I will get promoted to senior engineer by 31 March", 10.0, 3.0, 2.0, 1.0, 4.0),
    (
        "I will run 20 minutes 3 times a week (counts as done: in running shoes)",
        10.0, 6.0, 8.0, 2.0, 6.0,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clarity", "specificity", "measurability", "actionability", "overall"), REFERENCES
)
def test_the_published_reference_texts_score_as_published(
    text: str,
    clarity: float,
    specificity: float,
    measurability: float,
    actionability: float,
    overall: float,
):
    scored = scores.text(text)

    assert list(scored.values.values()) == pytest.approx(
        [clarity, specificity, measurability, actionability], abs=0.5
    )
    assert scored.overall == pytest.approx(overall, abs=0.5)


WHOLE = Features(
    words=14,
    behaviour=True,
    amount=True,
    frequency=True,
    cue=True,
    date=True,
    done=True,
    review=True,
    first_step=True,
    first_step_date=True,
    if_then=True,
    minimum=True,
    obstacle=True,
)


def test_a_resolution_with_all_parts_of_the_card_scores_nine_and_a_half():
    scored = scores.of_features(WHOLE)

    assert (list(scored.values.values()), scored.overall) == ([10, 8, 10, 10], 9.5)


def test_every_score_has_a_reason():
    scored = scores.text("get fit")

    assert scored.reasons.keys() == scored.values.keys()
    assert "how often" in scored.reasons["specificity"]


def test_a_weak_dimension_holds_the_mean_down():
    strong_but_loose = features.of_text("I will run 20 minutes 3 times a week before work")

    assert scores.of_features(strong_but_loose).overall <= 6.0


def test_nobody_can_do_a_plan_better_than_they_are_sure_of_it():
    made = plan.build(goals.RUN, resolution.build(goals.RUN, TODAY), TODAY)

    assert scores.plan(made, goals.RUN, confidence=4).values["feasibility"] == 4.0
    assert scores.plan(made, goals.RUN, confidence=10).values["feasibility"] == 10.0


def test_a_plan_that_starts_far_above_today_is_not_feasible():
    made = plan.build(goals.RUN, resolution.build(goals.RUN, TODAY), TODAY)
    beginner = replace(goals.RUN, baseline=Quantity(4, "min"))

    assert scores.plan(made, beginner).values["feasibility"] <= 7.0


def test_a_plan_that_doubles_in_a_week_loses_points_for_its_steps():
    made = plan.build(goals.RUN, resolution.build(goals.RUN, TODAY), TODAY)
    jump = replace(made.weeks[1], figure=Quantity(40, "min"))
    broken = replace(made, weeks=(made.weeks[0], jump, *made.weeks[2:]))

    assert scores.plan(broken, goals.RUN).values["progressiveness"] <= 3.0
