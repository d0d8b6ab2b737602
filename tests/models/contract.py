"""What every provider owes: for each behaviour of a server, one outcome."""

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from typing import Any

from coach.llm.errors import ModelError, RateLimitedError
from coach.llm.port import Finish, ModelRequest, Provider, Usage
from tests.models.dialects import THOUGHT, WORDS
from tests.models.server import ModelServer

KEY = "key-of-the-operator"
THREAD_S = 0.15
"""How long the older library's thread waits where a server hangs."""

NOWHERE = "http://127.0.0.1:9"
ENDLESS = ("hangs", "drips for ever")

ASKED = ModelRequest(
    step="coaching_reply",
    instructions="Answer in one sentence.",
    data={"user_text": "my secret: I want to begin"},
    max_output_tokens=50,
)

CONTRACT = {
    "answers": "stop",
    "usage missing": "stop, usage estimated",
    "MAX_TOKENS": "length",
    "thinks aloud": "stop",
    "only thoughts": "empty",
    "empty": "empty",
    "prompt blocked": "blocked",
    "answer blocked": "blocked",
    "429 with a delay": "rate_limited, retry in 3.5 s",
    "429": "rate_limited",
    "500": "unavailable",
    "503": "unavailable",
    "HTML": "broken_answer",
    "cut JSON": "broken_answer",
    "drops before headers": "unavailable",
    "drops midway": "unavailable",
    "400": "refused",
    "401": "refused",
    "403": "refused",
    "404": "refused",
    "hangs": "ends when cancelled, server sees it",
    "drips for ever": "ends when cancelled, server sees it",
    "nobody listens": "unavailable",
}
"""Behaviour of the server, and what comes of it, whether the answer is whole or streamed."""


def make(name: str, root: str, behaviour: str = "answers") -> Provider:
    """Make the provider *name* for a server at *root* that is going to behave so."""
    from coach.llm.gemini import Gemini
    from coach.llm.gemini_legacy import READ_TIMEOUT_S, GeminiLegacy
    from coach.llm.openai_compatible import OpenAICompatible

    if name == "gemini":
        return Gemini(KEY, "gemini-3.1-flash-lite", root)
    if name == "gemini-legacy":
        wait = THREAD_S if behaviour == "hangs" else READ_TIMEOUT_S
        return GeminiLegacy(KEY, "gemini-2.5-flash-lite", root, wait)
    return OpenAICompatible(f"{root}/v1", "small", KEY)


PROVIDERS = ("gemini", "gemini-legacy", "openai-compatible")
HOWS = ("whole", "stream")

EXEMPT = {
    # It cannot ask for thoughts, so it never gets any, and knows no mark for them.
    ("gemini-legacy", "thinks aloud"),
    ("gemini-legacy", "only thoughts"),
    # Its thread waits for a whole answer as long as it takes.
    ("gemini-legacy", "drips for ever", "whole"),
}

ASKS_AGAIN = {("gemini-legacy", "401")}
"""google-auth tries to renew what cannot be renewed, an API key, before it gives up."""


async def outcome(name: str, server: ModelServer, behaviour: str, how: str) -> str:
    """Call a provider once while *server* behaves so, and say what came of it."""
    server.behaviour = behaviour
    provider = make(name, NOWHERE if behaviour == "nobody listens" else server.root, behaviour)
    call = _whole(provider) if how == "whole" else _streamed(provider)
    try:
        return await (_cancelled(call, server) if behaviour in ENDLESS else call)
    except ModelError as error:
        leaks = [word for word in (KEY, "secret", ASKED.instructions) if word in repr(error)]
        assert not leaks
        return _told(error)
    finally:
        await provider.close()


async def _cancelled(call: Coroutine[Any, Any, str], server: ModelServer) -> str:
    calling = asyncio.ensure_future(call)
    await server.reached.wait()
    calling.cancel()
    with suppress(asyncio.CancelledError):
        await calling
    async with asyncio.timeout(10):
        await server.gone.wait()
    return "ends when cancelled, server sees it"


def _told(error: ModelError) -> str:
    if isinstance(error, RateLimitedError) and error.retry_after:
        return f"{error.kind}, retry in {error.retry_after.total_seconds()} s"
    return error.kind


async def _whole(provider: Provider) -> str:
    answer = await provider.generate(ASKED)
    return _ended(answer.text, answer.finish, answer.usage)


async def _streamed(provider: Provider) -> str:
    async with aclosing(provider.stream(ASKED)) as stream:
        chunks = [chunk async for chunk in stream]
    assert [chunk.text for chunk in chunks if chunk.text] == list(WORDS)
    assert chunks[-1].usage
    assert chunks[-1].finish
    return _ended("".join(chunk.text for chunk in chunks), chunks[-1].finish, chunks[-1].usage)


def _ended(text: str, finish: Finish, usage: Usage) -> str:
    assert text == "".join(WORDS)
    assert THOUGHT not in text
    if usage.estimated:
        return f"{finish}, usage estimated"
    assert (usage.prompt, usage.output, usage.cached) == (30, 7, 10)
    return finish
