"""The one way to a model: every call of the coach goes through here."""

import time
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from coach.llm.caller import NOBODY, Caller, CallMade
from coach.llm.errors import ModelError
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, Provider, TokenCount


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long an answer may take: a stream's first token and all of it, a structured step."""

    first_token: timedelta = timedelta(seconds=2.5)
    total: timedelta = timedelta(seconds=12)
    step: timedelta = timedelta(seconds=6)


class ModelService:
    """A language model with everything around it that a call needs."""

    def __init__(self, provider: Provider, deadlines: Deadlines | None = None) -> None:
        self.provider = provider
        self.deadlines = deadlines or Deadlines()

    async def generate_content(
        self, request: ModelRequest, caller: Caller = NOBODY, within: timedelta | None = None
    ) -> ModelAnswer:
        """Answer one request *within* the time of a structured step, or raise ModelError."""
        began = time.monotonic()
        answer = await self.provider.generate(request)
        took = timedelta(seconds=time.monotonic() - began)
        model = answer.model
        caller.record(
            CallMade(
                request.step,
                self.provider.name,
                model,
                request.prompt_version,
                answer.usage,
                0,
                took,
            )
        )
        return answer

    async def generate_content_stream(
        self, request: ModelRequest, caller: Caller = NOBODY
    ) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece, or raise ModelError; closing it ends the call."""
        async for chunk in self.provider.stream(request):
            yield chunk

    async def generate_content_batch(
        self, requests: Iterable[ModelRequest], caller: Caller = NOBODY
    ) -> Sequence[ModelAnswer | ModelError]:
        """Answer many requests, a few at a time; each place holds an answer or its error."""
        answers: list[ModelAnswer | ModelError] = []
        for request in requests:
            try:
                answers.append(await self.generate_content(request, caller))
            except ModelError as error:
                answers.append(error)
        return answers

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count a prompt's tokens as the provider does."""
        return await self.provider.count_tokens(request)

    async def close(self) -> None:
        """Give back the client's connections."""
        await self.provider.close()
