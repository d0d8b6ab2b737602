"""Any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, OpenAI."""

import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp

from coach.llm import http_errors
from coach.llm.errors import (
    BlockedError,
    BrokenAnswerError,
    EmptyAnswerError,
    ModelError,
    RefusedError,
    UnavailableError,
)
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, TokenCount, Usage
from coach.llm.tokens import estimated, estimated_usage

_FORMATS = ("json_schema", "json_object", "text")
"""How JSON is asked for; a server that does not know one is asked in the next way."""

_UNKNOWN_FIELD = (400, 422, 501)


class OpenAICompatible:
    """One warm client; its HTTP call ends when ours is cancelled."""

    name = "openai-compatible"

    def __init__(self, root: str, model: str, key: str | None = None) -> None:
        self.model = model
        self._url = f"{root}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._session: aiohttp.ClientSession | None = None
        self._format = _FORMATS[0]

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request."""
        with _our_errors():
            async with self._asked(request, stream=False) as response:
                said: Any = json.loads(await response.read())
                text, finish = _choice(said, "message")
                usage = _usage(said.get("usage"))
        if not text.strip():
            raise EmptyAnswerError("no text")
        usage = usage or estimated_usage(request, text)
        return ModelAnswer(text, request.model or self.model, usage, finish or Finish.STOP)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece."""
        whole, usage, finish = "", None, None
        with _our_errors():
            async with self._asked(request, stream=True) as response:
                async for said in _events(response):
                    text, ended = _choice(said, "delta")
                    usage, finish = _usage(said.get("usage")) or usage, ended or finish
                    whole += text
                    if text:
                        yield Chunk(text)
        if not whole.strip():
            raise EmptyAnswerError("no text")
        yield Chunk("", usage or estimated_usage(request, whole), finish or Finish.LENGTH)

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Guess: this protocol has no way to ask."""
        return TokenCount(estimated(request), estimated=True)

    async def close(self) -> None:
        """Give back the client's connections."""
        if self._session is not None:
            await self._session.close()

    @asynccontextmanager
    async def _asked(
        self, request: ModelRequest, *, stream: bool
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """Post *request*, in a way this server takes, and give its response."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, trust_env=True)
        ways = _FORMATS[_FORMATS.index(self._format) :] if request.schema else _FORMATS[-1:]
        for way in ways:
            body = _body(request, request.model or self.model, way, stream=stream)
            async with self._session.post(self._url, json=body) as response:
                if response.status == 200:
                    if request.schema:
                        self._format = way
                    yield response
                    return
                if response.status not in _UNKNOWN_FIELD or way == ways[-1]:
                    raise await _refusal(response)


def _body(request: ModelRequest, model: str, way: str, *, stream: bool) -> dict[str, Any]:
    instructions = request.instructions
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": request.max_output_tokens,
        "temperature": request.temperature,
        "stream": stream,
    }
    if stream:
        body["stream_options"] = {"include_usage": True}
    if request.schema and way == "json_schema":
        named = {"name": request.step, "schema": request.schema}
        body["response_format"] = {"type": way, "json_schema": named}
    elif request.schema:
        if way == "json_object":
            body["response_format"] = {"type": way}
        shape = json.dumps(request.schema, ensure_ascii=False)
        instructions += f"\n\nAnswer with one JSON object of this JSON Schema:\n{shape}"
    body["messages"] = [
        {"role": "system", "content": instructions},
        {"role": "user", "content": request.content},
    ]
    return body


async def _refusal(response: aiohttp.ClientResponse) -> ModelError:
    """Give the error of a response that is not 200; some servers refuse a prompt with 400."""
    if response.status == 400 and b"content_filter" in await response.read():
        return BlockedError("prompt: content_filter")
    retry_after = http_errors.seconds(response.headers.get("Retry-After"))
    return http_errors.of_status(response.status, retry_after)


async def _events(response: aiohttp.ClientResponse) -> AsyncGenerator[dict[str, Any]]:
    """Read server-sent events; a stream with none of them is no answer."""
    heard = False
    async for line in response.content:
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        heard = True
        said: Any = json.loads(data)
        if "error" in said:
            raise UnavailableError("an error in the stream")
        yield said
    if not heard:
        raise BrokenAnswerError("no event in the stream")


def _choice(said: Any, of: str) -> tuple[str, Finish | None]:
    """Return the words of an answer's first choice and why it ended, if it did."""
    choices: Any = said.get("choices")
    if not choices:
        return "", None
    message: Any = choices[0].get(of) or {}
    reason: Any = choices[0].get("finish_reason")
    if reason == "content_filter" or message.get("refusal"):
        raise BlockedError("answer: content_filter")
    finish = Finish.LENGTH if reason == "length" else Finish.STOP if reason else None
    return str(message.get("content") or ""), finish


def _usage(counted: Any) -> Usage | None:
    """Read a server's own count; reasoning is part of its completion tokens, not of our output."""
    if not counted:
        return None
    prompt, completion = int(counted["prompt_tokens"]), int(counted["completion_tokens"])
    cached = _detail(counted, "prompt_tokens_details", "cached_tokens")
    thinking = _detail(counted, "completion_tokens_details", "reasoning_tokens")
    return Usage(prompt, completion - thinking, cached, thinking)


def _detail(counted: Any, of: str, which: str) -> int:
    details: Any = counted.get(of)
    return int(details.get(which) or 0) if details else 0


@contextmanager
def _our_errors() -> Generator[None]:
    """Turn what goes wrong into a `ModelError`; cancellation passes."""
    try:
        yield
    except ModelError:
        raise
    except aiohttp.InvalidURL as error:
        raise RefusedError(type(error).__name__) from None
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        raise UnavailableError(type(error).__name__) from None
    except Exception as error:  # not JSON, or JSON of another shape
        raise BrokenAnswerError(type(error).__name__) from None
