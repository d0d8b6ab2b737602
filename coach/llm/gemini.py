"""Gemini through google-genai, the library Google maintains.

Importing this module takes seconds: `coach.llm.providers` does it off the event loop.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
from google import genai
from google.genai import errors

from coach.llm import http_errors
from coach.llm.errors import BrokenAnswerError, ModelError, UnavailableError
from coach.llm.gemini_answers import Pieces
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, TokenCount
from coach.llm.tokens import ROOM_TO_THINK

ROOT = "https://generativelanguage.googleapis.com"

_NEVER_LATER_MS = 120_000
"""The library's own deadline, behind ours; it takes none below 10,000."""


class Gemini:
    """One warm client; its HTTP call ends when ours is cancelled."""

    name = "gemini"

    def __init__(self, key: str, model: str, root: str | None = None) -> None:
        self.model = model
        self._client = genai.Client(
            api_key=key,
            vertexai=False,
            http_options={
                "base_url": root or ROOT,
                "api_version": "v1beta",
                "timeout": _NEVER_LATER_MS,
                "retry_options": {"attempts": 1},
            },
        )
        self._models: Any = self._client.aio.models

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request."""
        model, pieces = request.model or self.model, Pieces(request)
        with _our_errors():
            response = await self._models.generate_content(
                model=model, contents=request.content, config=_config(request, model)
            )
            pieces.take(response)
        return pieces.answer(model)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece."""
        model, pieces = request.model or self.model, Pieces(request)
        with _our_errors():
            responses = await self._models.generate_content_stream(
                model=model, contents=request.content, config=_config(request, model)
            )
            try:
                async for response in responses:
                    if text := pieces.take(response):
                        yield Chunk(text)
            finally:
                await _hang_up(responses)
        yield pieces.last()

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count a prompt's tokens; its instructions count as text, which the API takes here."""
        with _our_errors():
            counted = await self._models.count_tokens(
                model=request.model or self.model, contents=[request.instructions, request.content]
            )
        return TokenCount(counted.total_tokens or 0)

    async def close(self) -> None:
        """Give back the client's connections."""
        await self._client.aio.aclose()
        self._client.close()


async def _hang_up(responses: Any) -> None:
    """End a stream's HTTP call.

    Closing the library's generator does not: what holds the connection holds itself in a
    circle. Cancelling it while it waits for the next piece does.
    """
    with suppress(Exception):  # the end, or the timeout
        async with asyncio.timeout(0):
            while True:
                await anext(responses)


def thinking(model: str) -> dict[str, Any] | None:
    """Say how to think least: it costs time, and eats the limit on the answer.

    Families differ: 2.5 takes a budget, later ones a level, and earlier ones and Gemma
    refuse either.
    """
    if not model.startswith("gemini-") or model.startswith(("gemini-1", "gemini-2.0")):
        return None
    if model.startswith("gemini-2.5"):
        return {"thinking_budget": 128 if "pro" in model else 0}
    return {"thinking_level": "LOW" if "pro" in model else "MINIMAL"}


def _config(request: ModelRequest, model: str) -> Any:
    """Write the request as a plain dictionary, which the library reads faster than its types."""
    least = thinking(model)
    config: dict[str, Any] = {
        "system_instruction": request.instructions,
        "temperature": request.temperature,
        "max_output_tokens": request.max_output_tokens,
        "automatic_function_calling": {"disable": True},
        "automatic_continuation": False,
    }
    if least is not None:
        config["thinking_config"] = least
        if least.get("thinking_budget") != 0:
            config["max_output_tokens"] += ROOM_TO_THINK
    if request.schema is not None:
        # Not `response_schema`: its `.parsed` would be None without a word where JSON does
        # not fit. Whoever asked checks the text.
        config |= {
            "response_mime_type": "application/json",
            "response_json_schema": request.schema,
        }
    return config


@contextmanager
def _our_errors() -> Generator[None]:
    """Turn what the library raises into a `ModelError`; cancellation passes."""
    try:
        yield
    except ModelError:
        raise
    except errors.APIError as error:
        raise http_errors.of_google(error) from None
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        raise UnavailableError(type(error).__name__) from None
    except Exception as error:  # not JSON, or JSON of another shape
        raise BrokenAnswerError(type(error).__name__) from None
