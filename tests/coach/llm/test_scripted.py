from datetime import timedelta

import pytest

from coach.llm import prompts
from coach.llm.errors import (
    BlockedError,
    BrokenAnswerError,
    EmptyAnswerError,
    ModelError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel

ASKED = ModelRequest("coaching_reply", "be kind", {"user_text": "hello 42"})


async def test_it_says_its_lines_in_order_and_keeps_the_requests():
    model = ScriptedModel(["one", "two"])

    said = [(await model.generate(ASKED)).text for _ in range(2)]

    assert (said, model.requests) == (["one", "two"], [ASKED, ASKED])


async def test_it_fails_when_the_list_is_over_or_says_so():
    model = ScriptedModel([ModelError("busy")])

    for _ in range(2):
        with pytest.raises(ModelError):
            await model.generate(ASKED)


async def test_it_can_answer_from_a_function():
    model = ScriptedModel(lambda request: request.user_text.upper())

    assert (await model.generate(ASKED)).text == "HELLO 42"


async def test_without_a_script_it_echoes_the_persons_words():
    assert "hello 42" in (await ScriptedModel().generate(ASKED)).text


def test_a_prompts_version_is_the_hash_of_its_words():
    loaded = prompts.load("coaching_reply")

    assert loaded.version.startswith("coaching_reply-")
    assert "Write in en. Style: firm: few words" in loaded.filled(language="en", style="firm")


@pytest.mark.parametrize(
    "error",
    [
        RateLimitedError("busy", timedelta(seconds=3.5)),
        UnavailableError(),
        BrokenAnswerError(),
        EmptyAnswerError(),
        BlockedError(),
        RefusedError(),
    ],
    ids=lambda error: error.kind,
)
async def test_it_fails_as_providers_do_whole_and_streamed(error: ModelError):
    model = ScriptedModel([error, error])

    with pytest.raises(type(error)):
        await model.generate(ASKED)
    with pytest.raises(type(error)):
        await anext(model.stream(ASKED))


async def test_its_stream_says_what_its_whole_answer_says_and_ends_with_the_usage():
    model = ScriptedModel(["Begin small, begin today."] * 2)

    whole = await model.generate(ASKED)
    chunks = [chunk async for chunk in model.stream(ASKED)]

    assert "".join(chunk.text for chunk in chunks) == whole.text
    assert (chunks[-1].usage, chunks[-1].finish) == (whole.usage, whole.finish)
