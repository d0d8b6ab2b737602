import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from coach import goal_set

GOALS = (
    '{"id": "a", "text": "meditate 10 minutes every day", "goal_type": "habit"}\n'
    '{"id": "b", "text": "run 5 km 3 times a week", "route": "coach"}\n'
)
Rein = Callable[..., Result]


@pytest.fixture
def rein(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rein:
    """Run a command of the program in a folder with two goals, and without a model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLM_PROVIDER", "rules")
    (tmp_path / "goals.jsonl").write_text(GOALS)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["evaluate", *words])

    return run


def baseline(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text())


def test_without_a_dataset_our_own_goals_are_run_and_compared_with_their_baseline(rein: Rein):
    ran = rein()

    assert ran.exit_code == 0, ran.output
    assert "clarity               rules" in ran.output
    assert "nothing got worse" in ran.output


def test_the_json_has_cases_and_a_summary_and_nothing_else(rein: Rein):
    found = json.loads(rein("--dataset", "goals.jsonl", "--json").stdout)

    assert set(found) == {"cases", "summary"}
    assert [row["id"] for row in found["cases"]] == ["a", "b"]
    assert found["summary"]["scores"]["clarity"]["rules"]["all"] == {"n": 2, "mean": None}
    assert "comparison" not in found["summary"]


def test_a_run_is_kept_and_the_next_one_compared_with_it(rein: Rein, tmp_path: Path):
    kept = rein("--dataset", "goals.jsonl", "--baseline", "before.json", "--save-baseline")
    again = rein("--dataset", "goals.jsonl", "--baseline", "before.json", "--json")

    assert kept.exit_code == again.exit_code == 0
    assert baseline(tmp_path / "before.json")["model"] == "rules"
    assert json.loads(again.stdout)["summary"]["comparison"]["ok"]


def test_a_run_that_got_worse_says_what_and_exits_1(rein: Rein, tmp_path: Path):
    better = baseline(goal_set.OWN_BASELINE)
    for row in better["cases"].values():
        row["scores"] = {name: score + 1 for name, score in row.get("scores", {}).items()}
    (tmp_path / "better.json").write_text(json.dumps(better))

    ran = rein("--baseline", "better.json")

    assert ran.exit_code == 1
    assert "all alike  worse" in ran.output
    assert ran.output.rstrip().endswith("got worse")


def test_a_measure_below_its_threshold_exits_1(rein: Rein, tmp_path: Path):
    (tmp_path / "goals.jsonl").write_text('{"id": "a", "text": "meditate", "route": "refuse"}')

    ran = rein("--dataset", "goals.jsonl")

    assert ran.exit_code == 1
    assert "a: missed: route" in ran.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--dataset", "none.jsonl"), "cannot be read"),
        (("--baseline", "none.json"), "cannot be read"),
        (("--baseline", "goals.jsonl"), "no baseline"),
        (("--save-baseline",), "needs --baseline FILE"),
        (("--save-baseline", "--baseline", "nowhere/b.json"), "cannot be written"),
        (("--variant", "warm"), "needs a model"),
        (("--dataset", "goals.jsonl", "--baseline", str(goal_set.OWN_BASELINE)), "other goals"),
    ],
)
def test_what_the_operator_has_to_mend_is_one_line_and_exits_2(
    rein: Rein, words: tuple[str, ...], why: str
):
    ran = rein(*words)

    assert ran.exit_code == 2
    assert why in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_variant_that_no_experiment_has_is_told_before_a_model_is_asked(
    rein: Rein, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LLM_PROVIDER", "openai-compatible")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("LLM_MODEL", "small")

    ran = rein("--variant", "warm")

    assert ran.exit_code == 2
    assert "one variant called warm" in ran.stderr
