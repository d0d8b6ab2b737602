"""The one way to a model: every call of the coach goes through here.

A call is made as often as its deadline allows. Each attempt has money set aside for it, passes
the gate, and has the breaker's leave; then the provider is asked, and the money is settled by
what it counted. However a call ends, it leaves one entry with its caller.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import AsyncExitStack, aclosing, contextmanager
from datetime import timedelta
from typing import TypeVar

from coach.llm import gate, prices, retrying, traces
from coach.llm.attempts import Attempts
from coach.llm.breaker import BreakerState
from coach.llm.budget import Budget, Mode
from coach.llm.call import Call
from coach.llm.caller import NOBODY, Caller, CallMade
from coach.llm.errors import EmptyAnswerError, ModelError
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, Provider, TokenCount
from coach.llm.timing import Deadlines, Timing
from coach.llm.tokens import estimated

T = TypeVar("T")


class ModelService:
    """A language model with everything around it that a call needs."""

    def __init__(
        self,
        provider: Provider,
        deadlines: Deadlines | None = None,
        budget: Budget | None = None,
        judge: str = "",
        timing: Timing | None = None,
        on_made: Callable[[CallMade], None] = lambda _: None,
    ) -> None:
        """Put limits around *provider*; *judge* names the model that scores, if it is another.

        Without a *budget* nothing limits what calls cost. *on_made* hears of every call's end.
        """
        self.provider = provider
        self.deadlines = deadlines or Deadlines()
        self.judge = judge
        self._budget = budget
        self._timing = timing or Timing()
        self._on_made = on_made
        self._attempts = Attempts(provider, budget, self._timing)

    async def generate_content(
        self, request: ModelRequest, caller: Caller = NOBODY, within: timedelta | None = None
    ) -> ModelAnswer:
        """Answer one request *within* the time of a structured step, or raise ModelError."""
        with self._call(request, caller) as call:
            call.ends_within(self.deadlines.step if within is None else within)
            return await self._retried(call, lambda: self._ask(call))

    async def generate_content_stream(
        self, request: ModelRequest, caller: Caller = NOBODY
    ) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece, or raise ModelError, perhaps after some of it.

        The first piece that comes has text. Close the generator (`contextlib.aclosing`) to end
        the provider's call; what came until then is paid and kept in the entry.
        """
        with self._call(request, caller) as call:
            call.ends_within(self.deadlines.first_token)
            held, chunks, first = await self._retried(call, lambda: self._begin(call))
            call.ends_within(self.deadlines.total)
            chunk: Chunk | None = first
            async with held:
                while chunk is not None:
                    yield chunk
                    chunk = await _next(call, chunks)

    async def generate_content_batch(
        self, requests: Iterable[ModelRequest], caller: Caller = NOBODY
    ) -> Sequence[ModelAnswer | ModelError]:
        """Answer many requests, a few at a time; each place holds an answer or its error."""
        turns = asyncio.Semaphore(1 if caller.key else gate.OVERALL)

        async def one(request: ModelRequest) -> ModelAnswer | ModelError:
            async with turns:  # before the call, whose deadline counts from its beginning
                try:
                    return await self.generate_content(request, caller)
                except ModelError as error:
                    return error

        return await asyncio.gather(*map(one, requests))

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count a prompt's tokens as the provider does; estimate them if it can't just now."""
        try:
            async with asyncio.timeout(self.deadlines.step.total_seconds()):
                return await self.provider.count_tokens(request)
        except (ModelError, TimeoutError):
            return TokenCount(estimated(request), estimated=True)

    def elapsed(self) -> timedelta:
        """Tell the time since some fixed moment, as calls are measured."""
        return self._timing.elapsed()

    @property
    def breaker(self) -> BreakerState:
        """How the provider is treated after what its calls came to."""
        return self._attempts.breaker

    async def mode_for(self, key: str) -> Mode:
        """Tell who words the answers of the caller with that *key* just now, and how freely."""
        if self._attempts.is_resting:
            return Mode.RESTING
        price = prices.price(self.provider.name, self.provider.model)
        if self._budget is None or price == prices.FREE:
            return Mode.MODEL
        return await self._budget.mode(key)

    async def close(self) -> None:
        """Give back the client's connections."""
        await self.provider.close()

    @contextmanager
    def _call(self, request: ModelRequest, caller: Caller) -> Generator[Call]:
        """Begin a call; however it ends, its entry is recorded."""
        call = Call(request, caller, self.provider.model, self._timing.elapsed)
        error = None
        with traces.model_call(request) as span:
            try:
                yield call
            except BaseException as stopped:
                error = stopped.kind if isinstance(stopped, ModelError) else "cancelled"
                raise
            finally:
                made = call.entry(self.provider.name, error)
                caller.record(made)
                self._on_made(made)
                traces.told(span, request, made, call.text)

    async def _retried(self, call: Call, attempt: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await attempt()
            except ModelError as error:
                dice = self._timing.jitter()
                wait = retrying.pause(error, call.attempts, call.left, dice)
                if wait is None or self._attempts.is_resting:
                    raise
            await self._timing.sleep(wait)

    async def _ask(self, call: Call) -> ModelAnswer:
        async with self._attempts.one(call), call.in_time():
            answer = await self.provider.generate(call.request)
            call.answered(answer)
            return answer

    async def _begin(self, call: Call) -> tuple[AsyncExitStack, AsyncGenerator[Chunk], Chunk]:
        """Wait for the first piece with text; the stack closes the stream and the attempt."""
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._attempts.one(call))
            stream = aclosing(self.provider.stream(call.request))
            chunks = await held.enter_async_context(stream)
            async with call.in_time():
                async for chunk in chunks:
                    call.heard(chunk)
                    if chunk.text:
                        return held.pop_all(), chunks, chunk
            raise EmptyAnswerError(call.request.step)


async def _next(call: Call, chunks: AsyncGenerator[Chunk]) -> Chunk | None:
    async with call.in_time():
        async for chunk in chunks:
            call.heard(chunk)
            return chunk
    return None
