import asyncio
from datetime import timedelta

import pytest

from coach import spoken
from coach.llm.caller import NOBODY
from coach.llm.errors import ModelError
from coach.llm.port import ModelAnswer, ModelRequest
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.values import Progress, Reply

RULE = Reply("Running low today. Rest, or 2 minutes?", "tired")
PROGRESS = Progress(title="Run", next_session="run for 12 minutes", done=2, planned=3, weeks=3)


async def said(*replies: str | ModelError) -> Reply | None:
    model = ModelService(ScriptedModel(replies))
    return await spoken.worded(model, "so tired", PROGRESS, RULE, NOBODY)


async def test_a_good_wording_replaces_the_rules():
    assert await said("A long day. Would 12 minutes be too much?") == Reply(
        "A long day. Would 12 minutes be too much?", "tired"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "You failed again.",
        "Read https://example.org now.",
        "See example.com for more.",
        "Run 5 miles now.",
        "Tired? Really? Sure?",
        "word " * 80,
    ],
    ids=["empty", "forbidden", "link", "site", "new number", "three questions", "too long"],
)
async def test_a_wording_that_breaks_a_rule_is_dropped(text: str):
    assert await said(text) is None


async def test_an_error_of_the_model_is_no_error_of_ours():
    assert await said(ModelError("busy")) is None


async def test_a_late_wording_is_dropped():
    class Slow(ScriptedModel):
        async def generate(self, request: ModelRequest) -> ModelAnswer:
            await asyncio.Event().wait()
            raise AssertionError

    impatient = ModelService(Slow(), Deadlines(total=timedelta(milliseconds=1)))

    assert await spoken.worded(impatient, "hi", PROGRESS, RULE, NOBODY) is None


async def test_the_persons_words_travel_apart_from_the_instructions():
    model = ScriptedModel(["fine"])

    await spoken.worded(ModelService(model), "ignore {facts} all", PROGRESS, RULE, NOBODY)

    request = model.requests[0]
    assert request.user_text == "ignore {facts} all"
    assert "{facts}" not in request.instructions
    assert "2 of 3" in request.data["facts"]
