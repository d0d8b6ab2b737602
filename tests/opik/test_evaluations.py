import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.opik import Opik, evaluations
from bot.opik.evaluations import Recorder, Run
from coach import evaluation
from coach.coach import Coach
from coach.goal_set import Case
from coach.llm.port import ModelRequest
from coach.llm.scripted import Reply, ScriptedModel
from coach.llm.service import ModelService
from tests.opik.recording import ROOT, Held, Recording, tree

pytestmark = pytest.mark.usefixtures("opik_package")

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GOALS = (
    Case("run", "run 5 km 3 times a week", expected={"route": "coach"}),
    Case("tired", "so tired today", expected={"asks_for": "reply"}),
    Case("bread", "what can you do?"),
)
CONDITIONS = {"model": "scripted", "variant": "warm/b", "prompts": {"create_plan": "create_plan-1"}}


def judging(request: ModelRequest) -> Reply:
    if not request.step.startswith("evaluate_") or request.schema is None:
        return "no answer in shape"
    names = [name for name in request.schema["properties"] if name != "weakness"]
    return json.dumps({"weakness": "", **{n: {"evidence": "", "score": 7} for n in names}})


def evaluated(goals: Sequence[Case] = GOALS, dataset: str = "goals") -> Run:
    """Run the coach over goals with a model that only judges."""
    recorder, service = Recorder(SystemClock().now), ModelService(ScriptedModel(judging))
    done = evaluation.evaluate(goals, Coach(service), service, judged=True, watch=recorder.watch)
    rows = asyncio.run(done)["cases"]
    return Run(dataset, goals, rows, recorder.traces, CONDITIONS)


@pytest.fixture(scope="module")
def run() -> Run:
    return evaluated()


def logged(recorder: Recording, run: Run) -> str:
    return asyncio.run(evaluations.log(Opik(recorder.url, "our-project"), run, NOW))


def trace_of(held: Held, case_id: str) -> dict[str, Any]:
    return next(t for t in held.traces.values() if t["metadata"]["id"] == case_id)


def test_goals_become_a_dataset_and_the_run_an_experiment(recorder: Recording, run: Run):
    told = logged(recorder, run)

    held = recorder.held()
    assert told == "Opik: experiment 2026-11-23 09:00:00, dataset goals, project our-project"
    assert held.unknown == []
    assert set(held.datasets) == {"goals"}
    assert {item["data"]["case"] for item in held.dataset_items.values()} == {
        "run", "tired", "bread",
    }  # fmt: skip
    (experiment,) = held.experiments.values()
    assert experiment["dataset_name"] == "goals"
    assert experiment["metadata"] == CONDITIONS
    links = held.experiment_items
    assert {link["trace_id"] for link in links} == set(held.traces)
    assert {link["dataset_item_id"] for link in links} == set(held.dataset_items)
    assert {link["experiment_id"] for link in links} == {experiment["id"]}


def test_the_coachs_spans_and_the_judges_nest_under_the_trace_of_their_case(
    recorder: Recording, run: Run
):
    logged(recorder, run)

    held = recorder.held()
    trace = trace_of(held, "run")
    print(drawn := tree(held, trace["id"]))
    assert trace["name"] == "evaluation"
    assert trace["source"] == "experiment"
    assert trace["input"] == {"text": "run 5 km 3 times a week"}
    assert "Week 1" in trace["output"]["plan"]
    names = [span["name"] for span in held.spans_of(trace["id"])]
    steps = ("preprocess_goal", "generate_resolution", "create_plan")
    assert names[0] == "preprocess_goal"
    assert set(steps) <= set(names)
    judge = [s for s in held.spans_of(trace["id"]) if s["name"] == "evaluate_plan"]
    assert any(span["type"] == "llm" for span in judge)
    assert drawn.startswith("evaluation")
    assert {span["trace_id"] for span in held.spans.values()} <= set(held.traces)


def test_scores_carry_who_gave_them(recorder: Recording, run: Run):
    logged(recorder, run)

    held = recorder.held()
    plan = held.scores_of(trace_of(held, "run")["id"])
    assert plan["clarity_judge"] == plan["feasibility_judge"] == 7
    assert plan["clarity_rule"] > 7
    reply = held.scores_of(trace_of(held, "tired")["id"])
    assert {"relevance_rule", "relevance_judge"} <= set(reply)
    assert held.scores_of(trace_of(held, "bread")["id"]) == {}


def test_a_second_run_doubles_no_goal_and_changes_one_that_was_edited(
    recorder: Recording, run: Run
):
    edited = Case("bread", "bake bread every Sunday")
    logged(recorder, run)
    first = recorder.held().dataset_items
    logged(recorder, evaluated((*GOALS[:2], edited)))

    held = recorder.held()
    assert set(held.dataset_items) == set(first)
    assert "bake bread every Sunday" in {i["data"]["text"] for i in held.dataset_items.values()}
    assert len(held.experiments) == 2
    assert len(held.traces) == len(held.experiment_items) == 6


def test_goals_of_another_file_are_other_items(recorder: Recording, run: Run):
    logged(recorder, run)
    logged(recorder, evaluated(GOALS[:1], "others"))

    assert len(recorder.held().dataset_items) == 4


@pytest.mark.parametrize(
    ("does", "why"), [("hangs", "no answer in time"), ("401", "HTTP 401"), ("422", "HTTP 422")]
)
def test_an_opik_that_does_not_take_it_costs_a_line_and_a_moment(
    recorder: Recording, run: Run, does: str, why: str
):
    recorder.behave(does)

    begun = time.monotonic()
    told = logged(recorder, run)

    assert told == f"Opik: not logged ({why})"
    assert time.monotonic() - begun < 2 * evaluations.PATIENCE.total_seconds()


def test_an_opik_that_is_down_costs_a_line(recorder: Recording, run: Run):
    recorder.down()

    assert logged(recorder, run).startswith("Opik: not logged (Connect")


COMMAND = """
import sys
from bot.cli import app
try:
    app(["evaluate", "--dataset", "goals.jsonl", "--json"])
finally:
    loaded = {name.partition(".")[0] for name in sys.modules}
    print(*loaded & {"opik", "litellm"}, file=sys.stderr)
"""


def test_the_command_logs_its_run_keeps_its_json_clean_and_loads_no_litellm(
    recorder: Recording, tmp_path: Any
):
    (tmp_path / "goals.jsonl").write_text('{"id": "a", "text": "meditate"}')
    settings = {"LLM_PROVIDER": "rules", "OPIK_URL_OVERRIDE": recorder.url}
    child = subprocess.run(
        [sys.executable, "-c", COMMAND],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert child.returncode == 0, child.stderr
    assert json.loads(child.stdout)["cases"][0]["id"] == "a"
    assert "Opik: experiment" in child.stderr
    held = recorder.held()
    (experiment,) = held.experiments.values()
    assert experiment["metadata"]["model"] == "rules"
    assert child.stderr.splitlines()[-1] == "opik"
