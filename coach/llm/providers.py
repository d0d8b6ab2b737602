"""Which provider answers: chosen by name, made when first used.

Google's libraries take seconds to import, so a provider is made in a thread: by `warm`
while nobody waits, or else by the first call.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from importlib.util import find_spec

from coach.llm.errors import RefusedError
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, Provider, TokenCount

log = logging.getLogger(__name__)


class MissingLibraryError(Exception):
    """The provider's library is not installed; the text says how to get it."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Address:
    """Where a provider is reached; without a *root* at its usual place."""

    key: str | None = None
    root: str | None = None


def choose(name: str, model: str, address: Address) -> "LazyProvider":
    """Give the provider *name* of `LLM_PROVIDER`; raise if its library is not installed."""
    if name == "gemini-legacy" and not _installed("google.generativeai"):
        raise MissingLibraryError(
            "LLM_PROVIDER=gemini-legacy needs google-generativeai: "
            ".venv/bin/pip install 'google-generativeai>=0.8.6,<0.9'"
        )
    return LazyProvider(name, model, lambda: _make(name, model, address))


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False


def _make(name: str, model: str, address: Address) -> Provider:
    if name == "gemini":
        from coach.llm.gemini import Gemini

        return Gemini(address.key or "", model, address.root)
    if name == "gemini-legacy":
        from coach.llm.gemini_legacy import GeminiLegacy

        return GeminiLegacy(address.key or "", model, address.root)
    from coach.llm.openai_compatible import OpenAICompatible

    return OpenAICompatible(address.root or "", model, address.key)


class LazyProvider:
    """A provider that is made when first used, in a thread, once."""

    def __init__(self, name: str, model: str, make: Callable[[], Provider]) -> None:
        self.name = name
        self.model = model
        self._make = make
        self._made: asyncio.Future[Provider] | None = None

    async def warm(self) -> None:
        """Make the provider now, so that the first person does not wait for it; never raise."""
        try:
            await self._ready()
        except RefusedError as error:
            log.error("the model's library could not be loaded", extra={"error": str(error)})

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request."""
        return await (await self._ready()).generate(request)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece."""
        async with aclosing((await self._ready()).stream(request)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count the tokens of a request's prompt."""
        return await (await self._ready()).count_tokens(request)

    async def close(self) -> None:
        """Give back the client's connections, if there ever was a client."""
        if self._made is not None and self._made.done() and not self._made.exception():
            await self._made.result().close()

    async def _ready(self) -> Provider:
        """Give the one provider; a caller that is cancelled leaves its making to the others."""
        if self._made is None:
            self._made = asyncio.get_running_loop().run_in_executor(None, self._make)
        try:
            return await asyncio.shield(self._made)
        except Exception as error:
            raise RefusedError(f"not loaded: {type(error).__name__}") from None
