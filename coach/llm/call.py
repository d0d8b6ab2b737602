"""A call under way: how long it may still take, and what it took so far."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from coach.llm.caller import Caller, CallMade
from coach.llm.errors import TooLateError
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, Usage


class Call:
    """One call with all its attempts, from the first wait to its entry in the ledger."""

    def __init__(
        self, request: ModelRequest, caller: Caller, model: str, elapsed: Callable[[], timedelta]
    ) -> None:
        self.request = request
        self.caller = caller
        self.model = request.model or model
        self.attempts = 0
        self.chunks = 0
        self.text = ""
        self.usage: Usage | None = None  # of the attempt under way, once the provider told it
        self._elapsed = elapsed
        self._began = self._ends = elapsed()
        self._first_token: timedelta | None = None
        self._finish = ""
        self._taken = Usage()
        self._micro_usd = 0

    @property
    def left(self) -> timedelta:
        """The time that is left."""
        return self._ends - self._elapsed()

    def ends_within(self, within: timedelta) -> None:
        """Set how long it may take, counted from its beginning."""
        self._ends = self._began + within

    @asynccontextmanager
    async def in_time(self) -> AsyncGenerator[None]:
        """Cancel the block when no time is left, and raise TooLateError; never yield in it."""
        try:
            async with asyncio.timeout(self.left.total_seconds()):
                yield
        except TimeoutError:
            raise TooLateError(self.request.step) from None

    def answered(self, answer: ModelAnswer) -> None:
        """Note an answer."""
        self.model, self.usage, self._finish = answer.model, answer.usage, answer.finish
        self.text = answer.text

    def heard(self, chunk: Chunk) -> None:
        """Note a piece of a stream."""
        if chunk.text:
            self.chunks += 1
            self.text += chunk.text
            if self.chunks == 1:
                self._first_token = self._elapsed() - self._began
        self.usage = chunk.usage or self.usage
        self._finish = chunk.finish or self._finish

    def pay(self, taken: Usage, micro_usd: int) -> None:
        """Add what an attempt took."""
        self._taken += taken
        self._micro_usd += micro_usd

    def entry(self, provider: str, error: str | None) -> CallMade:
        """Write it down for the ledger."""
        return CallMade(
            step=self.request.step,
            provider=provider,
            model=self.model,
            prompt_version=self.request.prompt_version,
            usage=self._taken,
            micro_usd=self._micro_usd,
            latency=self._elapsed() - self._began,
            first_token=self._first_token,
            chunks=self.chunks,
            attempts=self.attempts,
            finish=self._finish,
            error=error,
            variant=self.request.variant,
        )
