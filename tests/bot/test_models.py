from typing import Any

import pytest

from bot import models
from bot.settings import Settings
from coach.llm.port import ModelRequest
from tests.models.server import serving

GEMINI: dict[str, Any] = {"GEMINI_API_KEY": "key-of-gemini", "LLM_TIER": "paid"}
OPENAI: dict[str, Any] = {"OPENAI_API_KEY": "key-of-openai", "LLM_MODEL": "small"}


@pytest.mark.parametrize("given", [{}, {"LLM_PROVIDER": "rules", **GEMINI}])
def test_without_a_model_in_the_settings_there_is_none(given: dict[str, Any]):
    assert models.provider(Settings(**given)) is None


@pytest.mark.parametrize(
    ("root", "given", "model", "key"),
    [
        ("GEMINI_BASE_URL", GEMINI, "gemini-3.1-flash-lite", "key-of-gemini"),
        (
            "GEMINI_BASE_URL",
            {"LLM_PROVIDER": "gemini-legacy", **GEMINI},
            "gemini-3.1-flash-lite",
            "key-of-gemini",
        ),
        (
            "OPENAI_BASE_URL",
            {"LLM_PROVIDER": "openai-compatible", **OPENAI, **GEMINI},
            "small",
            "key-of-openai",
        ),
    ],
    ids=["gemini", "gemini-legacy", "openai-compatible"],
)
async def test_the_model_of_the_settings_is_asked_where_they_say_and_with_its_own_key(
    root: str, given: dict[str, Any], model: str, key: str
):
    async with serving() as server:
        where: dict[str, Any] = {root: server.root}
        provider = models.provider(Settings(**given, **where))
        assert provider
        await provider.warm()
        answer = await provider.generate(ModelRequest("coaching_reply", "Answer."))
        await provider.close()

    assert answer.model == model
    assert any(key in value for value in server.heard[0].headers.values())
    assert not any(
        other in str(server.heard) for other in {"key-of-gemini", "key-of-openai"} - {key}
    )
