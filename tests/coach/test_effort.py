import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from coach import evaluation
from coach.coach import Coach
from coach.effort import Effort
from coach.goal_set import Case
from coach.llm import prompts
from coach.llm.caller import CallMade
from coach.llm.errors import BlockedError
from coach.llm.port import ModelRequest, Usage
from coach.llm.scripted import Reply, ScriptedModel
from coach.llm.service import ModelService

TWO = [Case("a", "meditate every day for 10 minutes"), Case("b", "run 5 km 3 times a week")]


def call(prompt: int = 100, output: int = 20, error: str | None = None) -> CallMade:
    usage = Usage(prompt, output)
    return CallMade("create_plan", "p", "m", "v", usage, 30, timedelta(seconds=1), error=error)


def judging(score: int) -> ScriptedModel:
    def say(request: ModelRequest) -> Reply:
        if not request.step.startswith("evaluate_") or request.schema is None:
            return BlockedError()
        names = [name for name in request.schema["properties"] if name != "weakness"]
        marks = {name: {"evidence": "", "score": score} for name in names}
        return json.dumps({"weakness": "", **marks})

    return ScriptedModel(say)


def evaluated(model: ScriptedModel, *, judged: bool = False) -> dict[str, Any]:
    service = ModelService(model)
    done = evaluation.evaluate(TWO, Coach(service), service, judged=judged)
    return asyncio.run(done)


def test_a_step_tells_who_answered_it_and_why_the_rules_did():
    effort = Effort()
    effort.add([call()], {"create_plan": "model"})
    effort.add([call(), call()], {"create_plan": "rules"})
    effort.add([call(0, 0, "too_late")], {"create_plan": "rules"})
    effort.add([], {"create_plan": "rules"})

    step = effort.summary({})["steps"]["create_plan"]

    assert (step["calls"], step["answers"], step["by_model"]) == (4, 4, 1)
    assert step["by_rules"] == {"against_rules": 1, "too_late": 1, "not_asked": 1}


def test_tokens_and_cost_are_those_of_the_calls_that_were_counted():
    effort = Effort()
    effort.add([call(100, 10), call(300, 30), call(0, 0, "blocked")], {})
    effort.add([], {})

    summary = effort.summary({})

    step = summary["steps"]["create_plan"]
    assert (step["prompt_tokens"]["mean"], step["prompt_tokens"]["p95"]) == (200, 290)
    assert step["output_tokens"]["mean"] == 20
    assert summary["usd_per_case"] == pytest.approx(45e-6)


def test_without_a_model_there_is_no_effort_to_tell_of():
    done = asyncio.run(evaluation.evaluate(TWO, Coach()))

    assert "model" not in done["summary"]


def test_a_variants_prompt_takes_the_place_of_todays_in_its_step_alone():
    model = judging(7)
    service = ModelService(model)
    warm = {"create_plan": prompts.on_trial("create_plan", "Be as warm as toast.", "warmth/warm")}

    asyncio.run(evaluation.evaluate(TWO, Coach(service), service, on_trial=warm))

    asked = {
        request.step: "Be as warm as toast." in request.instructions for request in model.requests
    }
    assert asked["create_plan"]
    assert not asked["generate_resolution"]


def test_the_fixed_part_of_every_prompt_is_counted():
    steps = evaluated(judging(7))["summary"]["model"]["steps"]

    assert {"coaching_reply", "evaluate_plan"} <= set(prompts.names())
    assert all(steps[name]["fixed"]["tokens"] > 50 for name in prompts.names())


def test_a_judge_that_agrees_with_nothing_is_told_apart_case_by_case():
    done = evaluated(judging(1), judged=True)

    agreed = done["summary"]["judge"]
    assert not agreed["agree"]
    assert agreed["far_apart"] == ["a", "b"]
    assert agreed["dimensions"]["clarity"]["judge"] == 1
    assert done["cases"][0]["judge"]["coherence"] == 1
    assert done["summary"]["model"]["steps"]["evaluate_plan"]["by_model"] == 2
    assert "a: rules and judge are far apart" in evaluation.render(done)


def test_a_judge_within_one_and_a_half_points_agrees():
    agreed = evaluated(judging(9), judged=True)["summary"]["judge"]

    assert agreed["close"] >= 0.8
    assert agreed["agree"]
