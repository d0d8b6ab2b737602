import json
from dataclasses import replace

import pytest

from coach.coach import Coach
from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from tests.coach import goals
from tests.coach.goals import TODAY


@pytest.mark.parametrize("name", goals.ALL)
async def test_a_model_may_leave_our_words_as_they_are(name: str):
    u = goals.ALL[name]
    rule = (await Coach().generate_resolution(u, today=TODAY)).work

    def repeated(request: ModelRequest) -> str:
        if request.step == "generate_resolution":
            return json.dumps(request.data["card"])
        themes = ["one week more"] * len(request.data["weeks"])
        return json.dumps({"themes": themes, "sessions": request.data["sessions"]})

    coach = Coach(ModelService(ScriptedModel(repeated)))
    made = await coach.generate_resolution(u, today=TODAY)
    plan = await coach.create_plan(u, made.work, today=TODAY)

    assert (made.mode, plan.mode) == ("model", "model")
    assert replace(made.work, reworded=()) == rule
