import pytest

from coach.llm import prompts
from coach.llm.errors import ModelError
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
