"""Gemini through google-generativeai, which Google stopped supporting on 2025-11-30.

For installations that must stay with it. Its limits:

- It has no asynchronous calls over REST, so each call is a thread. Cancelling ends the
  wait at once, and a stream's HTTP call with its next piece; a call that hangs goes on
  alone until the read timeout, and may be billed.
- It cannot turn thinking off: a model that thinks is slower, dearer, and may leave no
  room for words.
- Its schemas know no bounds, defaults, `additionalProperties` or references; those are
  left out, and only our own checks hold them.
- Key and address are the process's, not the client's: one installation, one key.
"""

import asyncio
import threading
import warnings
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import closing, contextmanager, suppress
from typing import Any

import requests
from google.api_core.exceptions import GoogleAPICallError

from coach.llm import http_errors
from coach.llm.errors import BrokenAnswerError, ModelError, UnavailableError
from coach.llm.gemini_answers import Pieces
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, TokenCount

with warnings.catch_warnings():
    # That it is no longer supported is known, and in the README.
    warnings.filterwarnings("ignore", category=FutureWarning, message=r"\s*All support for")
    import google.generativeai as genai
    from google.generativeai import protos
    from google.generativeai.client import get_default_generative_client

READ_TIMEOUT_S = 15.0
"""How long a thread waits for a silent server: longer than any answer may take by default."""


class GeminiLegacy:
    """One warm client; see the module for what it cannot do."""

    name = "gemini-legacy"

    def __init__(
        self, key: str, model: str, root: str | None = None, timeout_s: float = READ_TIMEOUT_S
    ) -> None:
        self.model = model
        self._options: dict[str, Any] = {"timeout": timeout_s, "retry": None}
        where = {"api_endpoint": root} if root else None
        library: Any = genai
        library.configure(api_key=key, transport="rest", client_options=where)
        self._client: Any = get_default_generative_client()

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request."""
        model, pieces = request.model or self.model, Pieces(request)

        def call() -> Generator[Any]:
            yield self._client.generate_content(_message(request, model), **self._options)

        async for response in _in_thread(call):
            pieces.take(response)
        return pieces.answer(model)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece."""
        model, pieces = request.model or self.model, Pieces(request)

        def call() -> Generator[Any]:
            message = _message(request, model)
            responses = self._client.stream_generate_content(message, **self._options)
            try:
                yield from responses
            finally:
                responses.cancel()

        responses = _in_thread(call)
        try:
            async for response in responses:
                if text := pieces.take(response):
                    yield Chunk(text)
        finally:
            await responses.aclose()
        yield pieces.last()

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count a prompt's tokens; its instructions count as text."""
        message = protos.CountTokensRequest(
            model=_name(request.model or self.model),
            contents=[_content(request.instructions), _content(request.content)],
        )

        def call() -> Generator[Any]:
            yield self._client.count_tokens(message, **self._options)

        counted = [response async for response in _in_thread(call)]
        return TokenCount(counted[0].total_tokens)

    async def close(self) -> None:
        """Give back the client's connections."""
        self._client.transport.close()


async def _in_thread(call: Callable[[], Generator[Any]]) -> AsyncGenerator[Any]:
    """Yield what *call* yields in a thread of its own.

    A daemon, so that one which hangs does not keep the program from ending. Once this is
    closed or cancelled, the thread leaves *call* at its next piece.
    """
    loop, arrived, left = asyncio.get_running_loop(), asyncio.Queue[Any](), threading.Event()

    def tell(thing: Any) -> None:
        with suppress(RuntimeError):  # the loop has gone
            loop.call_soon_threadsafe(arrived.put_nowait, thing)

    def work() -> None:
        try:
            with _our_errors(), closing(call()) as pieces:
                for piece in pieces:
                    if left.is_set():
                        break
                    tell((piece,))
            tell(None)
        except ModelError as error:
            tell(error)

    threading.Thread(target=work, name="gemini-legacy", daemon=True).start()
    try:
        while (thing := await arrived.get()) is not None:
            if isinstance(thing, ModelError):
                raise thing
            yield thing[0]
    finally:
        left.set()


def _message(request: ModelRequest, model: str) -> Any:
    config: dict[str, Any] = {
        "temperature": request.temperature,
        "max_output_tokens": request.max_output_tokens,
    }
    if request.schema is not None:
        config |= {
            "response_mime_type": "application/json",
            "response_schema": plain(request.schema, request.schema.get("$defs", {})),
        }
    return protos.GenerateContentRequest(
        model=_name(model),
        system_instruction=_content(request.instructions),
        contents=[_content(request.content)],
        generation_config=config,
    )


def _name(model: str) -> str:
    return model if "/" in model else f"models/{model}"


def _content(text: str) -> Any:
    return protos.Content(role="user", parts=[{"text": text}])


def plain(schema: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """Write a JSON Schema in the few words this library knows; *named* are its `$defs`."""
    if "$ref" in schema:
        return plain(named[schema["$ref"].rpartition("/")[2]], named)
    if "anyOf" in schema:  # of these it knows "something or null" alone
        kinds = [kind for kind in schema["anyOf"] if kind.get("type") != "null"]
        return plain(kinds[0], named) | {"nullable": len(kinds) < len(schema["anyOf"])}
    kept: dict[str, Any] = {"type_": schema.get("type", "string").upper()}
    kept |= {key: schema[key] for key in ("description", "required") if key in schema}
    choices = schema.get("enum") or [schema.get("const")]
    if all(isinstance(choice, str) for choice in choices):
        kept |= {"format_": "enum", "enum": choices}
    if "items" in schema:
        kept["items"] = plain(schema["items"], named)
    if "properties" in schema:
        fields = schema["properties"].items()
        kept["properties"] = {key: plain(value, named) for key, value in fields}
    return kept


@contextmanager
def _our_errors() -> Generator[None]:
    """Turn what the library raises into a `ModelError`."""
    try:
        yield
    except GoogleAPICallError as error:
        raise http_errors.of_google(error) from None
    except (requests.RequestException, OSError) as error:
        if isinstance(error, requests.JSONDecodeError):
            raise BrokenAnswerError(type(error).__name__) from None
        raise UnavailableError(type(error).__name__) from None
    except Exception as error:  # not JSON, or JSON of another shape
        raise BrokenAnswerError(type(error).__name__) from None
