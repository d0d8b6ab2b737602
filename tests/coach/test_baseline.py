import asyncio
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coach import baseline, evaluation, goal_set
from coach.baseline import Baseline, BaselineError, Circumstances
from coach.coach import Coach
from coach.goal_set import Case
from coach.samples import ENOUGH
from coach.values import GoalType, Route

DAY = date(2026, 11, 25)
RUN = Circumstances("abc", "p/m", prompts={"create_plan": "create_plan-1"})
CHANGED = replace(RUN, prompts={"create_plan": "create_plan-2"})


def run(*rows: dict[str, Any], made: Circumstances = RUN) -> Baseline:
    return baseline.of({"cases": [{"id": str(n), **row} for n, row in enumerate(rows)]}, made, DAY)


def scored(*scores: float) -> Baseline:
    return run(*({"scores": {"clarity": score}} for score in scores))


def answered(*who: str) -> Baseline:
    return run(*({"answered_by": {"create_plan": name}} for name in who))


def test_a_clear_fall_of_a_dimension_is_found():
    found = baseline.compare(scored(9, 8, 9, 7, 8, 9), scored(8, 7, 8, 6.5, 7, 8.5))

    assert not found["ok"]
    assert found["scores"]["clarity by rules"]["change"] == pytest.approx(-0.833, abs=0.001)
    assert found["scores"]["clarity by rules"]["interval"][1] < 0
    assert "worse" in baseline.render(found)


def test_a_fall_that_is_the_same_in_every_case_is_found():
    found = baseline.compare(scored(9, 8, 9, 7, 8), scored(8, 7, 8, 6, 7))

    assert not found["ok"]
    assert "all alike  worse" in baseline.render(found)


def test_an_improvement_is_no_regression():
    found = baseline.compare(scored(7, 7, 8, 6, 7), scored(9, 8, 9, 7, 9))

    assert found["ok"]
    assert found["scores"]["clarity by rules"]["change"] > 1
    assert baseline.render(found).endswith("nothing got worse")


def test_the_same_prompt_asked_twice_is_no_regression_whatever_the_dice():
    dice = random.Random(3)
    before = [dice.choice((7, 8, 9)) for _ in range(40)]
    noisy = [score + dice.choice((-1, 0, 0, 1)) for score in before]

    assert baseline.compare(scored(*before), scored(*noisy))["ok"]


def test_a_fall_smaller_than_the_margin_is_let_pass():
    assert baseline.compare(scored(9, 9, 9, 9, 9), scored(8.9, 8.9, 8.9, 8.9, 8.9))["ok"]


def test_a_few_cases_say_nothing_about_a_mean():
    found = baseline.compare(scored(9, 9, 9, 9), scored(2, 2, 2, 2))

    assert found["scores"]["clarity by rules"] == {
        "n": 4,
        "change": None,
        "interval": None,
        "worse": False,
    }
    assert "few" in baseline.render(found)


def test_scores_of_the_judge_are_compared_beside_those_of_the_rules():
    before = run(*[{"scores": {"clarity": 9}, "judge": {"clarity": 8}}] * 6)
    now = run(*[{"scores": {"clarity": 9}, "judge": {"clarity": 6}}] * 6)

    found = baseline.compare(before, now)["scores"]

    assert not found["clarity by rules"]["worse"]
    assert found["clarity by judge"]["worse"]


def test_a_prompt_whose_answers_break_the_rules_more_often_got_worse():
    before, now = answered(*["model"] * 10), answered(*["model"] * 4, *["against_rules"] * 6)

    found = baseline.compare(before, now)

    assert not found["ok"]
    assert found["answered_by_model"]["create_plan"]["change"] == -0.6
    assert baseline.compare(now, before)["ok"]


@pytest.mark.parametrize(
    ("was", "told"),
    [
        ({}, {"problems": ["number dropped: 5 km"]}),
        ({}, {"missed": ["route"]}),
        ({"problems": ["number dropped: 5 km"]}, {"problems": ["number dropped: 5 km"] * 2}),
    ],
    ids=["a problem", "an expectation", "once more"],
)
def test_a_new_problem_is_a_regression(was: dict[str, Any], told: dict[str, Any]):
    found = baseline.compare(run(was), run(told))

    assert not found["ok"]
    assert len(found["new_problems"]) == 1
    assert "new problem: 0: " in baseline.render(found)


def test_a_problem_that_was_there_before_is_not_new():
    low = {"problems": ["resolution score: 6.9"]}

    assert baseline.compare(run(low), run({"problems": ["resolution score: 6.8"]}))["ok"]
    assert baseline.compare(run(low), run({}))["ok"]


def test_what_was_changed_is_told_with_the_comparison():
    found = baseline.compare(run({}), run({}, made=CHANGED))

    assert found["prompts"] == {"create_plan": ["create_plan-1", "create_plan-2"]}
    assert "prompts changed: create_plan" in baseline.render(found)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(RUN, dataset="xyz"), "of other goals"),
        (replace(RUN, model="p/other"), "of p/m, this run of p/other"),
    ],
)
def test_runs_that_do_not_compare_are_refused(other: Circumstances, why: str):
    with pytest.raises(BaselineError, match=why) as caught:
        baseline.compare(run({}), run({}, made=other))
    assert caught.value.exit_code == 2


def test_another_judge_is_refused_and_none_is_not():
    one, two = replace(RUN, judge="one"), replace(RUN, judge="two")

    with pytest.raises(BaselineError, match="judge is one"):
        baseline.check(one, two)
    baseline.check(one, RUN)


def test_a_baseline_is_read_back_as_it_was_written(tmp_path: Path):
    kept = run({"scores": {"clarity": 9.5}, "problems": ["sí: “x”"]}, {}, made=CHANGED)

    baseline.write(kept, tmp_path / "b.json")

    assert baseline.read(tmp_path / "b.json") == kept


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"made_on": "soon", "cases": {}}'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, body: str):
    (tmp_path / "b.json").write_text(body)

    with pytest.raises(BaselineError, match="no baseline"):
        baseline.read(tmp_path / "b.json")
    with pytest.raises(BaselineError, match="cannot be read"):
        baseline.read(tmp_path / "none.json")


@pytest.fixture(scope="module")
def own() -> dict[str, Any]:
    return asyncio.run(evaluation.evaluate(goal_set.read(goal_set.OWN), Coach()))


def test_the_rules_are_no_worse_on_our_own_goals_than_their_baseline(own: dict[str, Any]):
    digest = goal_set.digest(goal_set.read(goal_set.OWN))
    now = baseline.of(own, Circumstances(digest, "rules"), DAY)

    found = baseline.compare(baseline.read(goal_set.OWN_BASELINE), now)

    assert evaluation.passes(own), evaluation.render(own)
    assert found["ok"], baseline.render(found)


def test_our_own_goals_have_every_route_and_enough_of_every_goal_type(own: dict[str, Any]):
    means = own["summary"]["scores"]["clarity"]["rules"]

    assert {row["route"] for row in own["cases"]} == set(Route)
    assert all(means[kind]["n"] >= ENOUGH for kind in GoalType)
    assert own["summary"]["scores"]["motivation"]["rules"]["all"]["n"] >= ENOUGH


def test_a_digest_tells_other_cases_and_not_another_order():
    a, b = Case("a", "meditate"), Case("b", "read more")

    assert goal_set.digest([a, b]) == goal_set.digest([b, a])
    assert goal_set.digest([a]) != goal_set.digest([replace(a, text="meditate daily")])
    assert goal_set.digest([a]) != goal_set.digest([replace(a, expected={"route": "coach"})])
