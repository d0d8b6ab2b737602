import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from coach.llm.gemini import thinking
from coach.llm.openai_compatible import OpenAICompatible
from tests.models.contract import ASKED, KEY, PROVIDERS, make
from tests.models.dialects import WORDS
from tests.models.server import Heard, serving

each_provider = pytest.mark.parametrize("name", PROVIDERS)


class Part(BaseModel):
    text: str = Field(max_length=80)


class Shape(BaseModel):
    parts: list[Part] = Field(min_length=1)
    hours: int | None = Field(default=None, ge=0)
    mood: Literal["well", "badly"] = "well"


STRUCTURED = replace(ASKED, schema=Shape.model_json_schema())


async def heard(provider: str, request: Any = ASKED) -> Heard:
    """Return what a server hears when *provider* is given *request*."""
    async with serving() as server:
        made = make(provider, server.root)
        await made.generate(request)
        await made.close()
    return server.heard[0]


@each_provider
async def test_the_key_goes_by_header_and_never_by_address(name: str):
    request = await heard(name)

    assert KEY not in request.path
    assert any(KEY in value for value in request.headers.values())


async def test_gemini_is_told_to_think_least_and_given_room_for_it():
    config = (await heard("gemini")).body["generationConfig"]

    assert config["thinkingConfig"] == {"thinking_level": "MINIMAL"}
    assert config["maxOutputTokens"] > ASKED.max_output_tokens


@pytest.mark.parametrize(
    ("model", "least"),
    [
        ("gemini-2.0-flash", None),
        ("gemma-4-27b", None),
        ("gemini-2.5-flash-lite", {"thinking_budget": 0}),
        ("gemini-2.5-pro", {"thinking_budget": 128}),
        ("gemini-3.1-flash-lite", {"thinking_level": "MINIMAL"}),
        ("gemini-3.1-pro", {"thinking_level": "LOW"}),
    ],
)
def test_each_family_of_gemini_is_told_so_in_its_own_way(model: str, least: dict[str, Any] | None):
    assert thinking(model) == least


async def test_gemini_gets_the_schema_as_it_is():
    config = (await heard("gemini", STRUCTURED)).body["generationConfig"]

    assert config["responseMimeType"] == "application/json"
    assert config["responseJsonSchema"] == STRUCTURED.schema


async def test_the_older_library_gets_a_schema_of_the_few_words_it_knows():
    config = (await heard("gemini-legacy", STRUCTURED)).body["generationConfig"]

    text, number, array, thing = 1, 3, 5, 6  # it sends types as numbers
    part = {"type": thing, "properties": {"text": {"type": text}}, "required": ["text"]}
    assert config["responseSchema"] == {
        "type": thing,
        "properties": {
            "parts": {"type": array, "items": part},
            "hours": {"type": number, "nullable": True},
            "mood": {"type": text, "format": "enum", "enum": ["well", "badly"]},
        },
        "required": ["parts"],
    }


async def test_a_server_without_json_schema_is_asked_another_way_from_then_on():
    async with serving("json_schema refused") as server:
        provider = OpenAICompatible(f"{server.root}/v1", "small")
        first = await provider.generate(STRUCTURED)
        await provider.generate(STRUCTURED)
        await provider.close()

    formats = [one.body["response_format"]["type"] for one in server.heard]
    assert formats == ["json_schema", "json_object", "json_object"]
    assert '"parts"' in server.heard[1].body["messages"][0]["content"]
    assert first.text == "".join(WORDS)


async def test_a_request_refused_in_every_way_leaves_the_way_to_ask_as_it_was():
    async with serving("400") as server:
        provider = OpenAICompatible(f"{server.root}/v1", "small")
        for _ in range(2):
            with pytest.raises(Exception, match="HTTP 400"):
                await provider.generate(STRUCTURED)
        await provider.close()

    ways = ["json_schema", "json_object", None]
    asked = [one.body.get("response_format", {}).get("type") for one in server.heard]
    assert asked == [*ways, *ways]


@each_provider
async def test_tokens_are_counted_by_the_provider_or_marked_as_estimated(name: str):
    async with serving() as server:
        provider = make(name, server.root)
        counted = await provider.count_tokens(ASKED)
        await provider.close()

    if name == "openai-compatible":
        assert counted.estimated
        assert not server.heard
    else:
        assert (counted.tokens, counted.estimated) == (42, False)
        assert server.heard[0].path.split("?")[0].endswith(":countTokens")


@each_provider
async def test_closing_a_stream_ends_the_call(name: str):
    async with serving("drips for ever") as server:
        provider = make(name, server.root)
        async with aclosing(provider.stream(ASKED)) as chunks:
            first = await anext(chunks)
        async with asyncio.timeout(10):
            await server.gone.wait()
        await provider.close()

    assert first.text == "drip "


@each_provider
async def test_a_request_may_name_another_model(name: str):
    request = await heard(name, replace(ASKED, model="gemini-3.8-flash"))

    assert "gemini-3.8-flash" in request.path + request.body.get("model", "")
