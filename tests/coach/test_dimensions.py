from typing import Any

from coach import dimensions


def row(kind: str | None, score: float, judge: float | None = None) -> dict[str, Any]:
    judged = {} if judge is None else {"judge": {"clarity": judge}}
    return {"kind": kind, "scores": {"clarity": score}, **judged}


def test_means_are_told_by_dimension_and_goal_type_with_rules_beside_the_judge():
    rows = [row("habit", 8, 6)] * 5 + [row("quit", 10, 9)] * 5

    found = dimensions.summary(rows)["clarity"]

    assert found["rules"]["all"] == {"n": 10, "mean": 9}
    assert found["rules"]["habit"] == {"n": 5, "mean": 8}
    assert found["judge"]["quit"] == {"n": 5, "mean": 9}


def test_a_few_cases_are_said_to_be_few_and_have_no_mean():
    found = dimensions.summary([row("habit", 8)] * 4)

    assert found["clarity"]["rules"]["habit"] == {"n": 4, "mean": None}
    assert "few (4)" in dimensions.render(found)


def test_goals_whose_type_nobody_knows_count_among_all():
    found = dimensions.summary([row(None, 8)] * 5)

    assert found["clarity"]["rules"]["all"]["n"] == 5
    assert "8.00 (5)" in dimensions.render(found)
