import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from coach import evaluation, goal_set
from coach.coach import Coach
from coach.goal_set import Case, CasesError

GOALS = Path(__file__).parents[1] / "data" / "goals.jsonl"
FIELDS = (
    "id",
    "route",
    "domain",
    "goal_type",
    "questions",
    "resolution",
    "plan",
    "scores",
    "mode",
    "problems",
)


def evaluated(cases: list[Case], coach: Coach) -> dict[str, Any]:
    return asyncio.run(evaluation.evaluate(cases, coach))


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return evaluated(goal_set.read(GOALS), Coach())


@pytest.mark.parametrize("file", sorted(GOALS.parent.glob("goals*.jsonl")), ids=lambda f: f.stem)
def test_the_coach_meets_every_threshold_on_the_goals(file: Path):
    measured = evaluated(goal_set.read(file), Coach())
    print(evaluation.render(measured))

    assert evaluation.passes(measured)


def test_a_case_has_the_fields_that_others_rely_on(result: dict[str, Any]):
    case = next(case for case in result["cases"] if case["id"] == "dev-001")

    assert set(FIELDS) <= set(case)
    assert case["resolution"]["text"].startswith("🎯 Run before work")
    assert case["plan"]["weeks"][0]["sessions"]
    assert case["mode"] == "rules"
    assert json.loads(json.dumps(case)) == case


def test_routes_that_stop_have_a_reply_and_neither_resolution_nor_plan(result: dict[str, Any]):
    stopped = [
        c for c in result["cases"] if c["route"] in ("crisis", "refuse", "refer", "redirect")
    ]

    assert stopped
    assert all(c["reply"] and c["resolution"] is None and c["plan"] is None for c in stopped)


def test_a_case_needs_only_an_id_and_a_text():
    done = evaluated([Case("a", "meditate")], Coach())

    assert set(done["summary"]["measures"]) == {"questions", "kind words", "length"}
    assert evaluation.passes(done)


def test_a_miss_shows_in_the_table_and_fails_the_gate():
    wrong = {"route": "refuse", "preserve": {"numbers": [{"value": 77, "unit": "km"}]}}

    done = evaluated([Case("a", "meditate", expected=wrong)], Coach())

    assert not evaluation.passes(done)
    assert "missed" in evaluation.render(done)
    assert "a: number dropped: 77 km" in evaluation.render(done)


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("", 0, "holds no goals"),
        ('{"id": "a", "text": "x"}\n{oops', 2, "is no JSON"),
        ("[1]", 1, "is no JSON object"),
        ('{"id": "a"}', 1, 'needs a text "text"'),
        ('{"id": "a", "text": "x", "now": "soon"}', 1, '"now" is no date'),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(
    tmp_path: Path, body: str, line: int, what: str
):
    file = tmp_path / "goals.jsonl"
    file.write_text(body, encoding="utf-8")

    with pytest.raises(CasesError, match=f"line {line}: ") as caught:
        goal_set.read(file)
    assert what in str(caught.value)
    assert caught.value.exit_code == 2


def test_two_cases_of_one_id_are_refused(tmp_path: Path):
    file = tmp_path / "goals.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}')

    with pytest.raises(CasesError, match=r'line 1: "id" is not its own \(a\)'):
        goal_set.read(file)


def test_a_message_gets_a_reply_that_is_scored_as_one():
    asked = Case("a", "hoy no me apetece nada", language="es", expected={"asks_for": "reply"})

    (row,) = evaluated([asked], Coach())["cases"]

    assert set(row["scores"]) == {"relevance", "personalization", "motivation"}
    assert "5 minutos" in row["reply"]
    assert row["resolution"] is row["plan"] is None


def test_a_missing_file_is_told_in_one_line(tmp_path: Path):
    with pytest.raises(CasesError, match="cannot be read"):
        goal_set.read(tmp_path / "none.jsonl")
