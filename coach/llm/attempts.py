"""What one attempt needs before the provider is asked, and what is settled after it."""

from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from coach.llm import prices
from coach.llm.breaker import Breaker, BreakerState
from coach.llm.budget import Budget
from coach.llm.call import Call
from coach.llm.errors import BreakerOpenError, ModelError, OverBudgetError, TooLateError
from coach.llm.gate import Gate
from coach.llm.port import Provider, Usage
from coach.llm.timing import Timing

URGENT = "safety_triage"
"""Runs beside the person's other call, and is not stopped by their month's limit."""

JUDGING = "evaluate_"
"""How the steps begin that score in the background, also beside the person's other call."""


class Attempts:
    """Money, the gate and the breaker, around every attempt at a provider."""

    def __init__(self, provider: Provider, budget: Budget | None, timing: Timing) -> None:
        self._provider = provider
        self._budget = budget
        self._elapsed = timing.elapsed
        self._breaker = Breaker()
        self._gate = Gate()

    @property
    def is_resting(self) -> bool:
        """Whether the breaker keeps every attempt from the provider."""
        return self._breaker.is_open(self._elapsed())

    @property
    def breaker(self) -> BreakerState:
        """How the provider is treated after what its calls came to."""
        return self._breaker.state(self._elapsed())

    @asynccontextmanager
    async def one(self, call: Call) -> AsyncGenerator[None]:
        """Hold what an attempt needs while the provider is asked, or raise ModelError."""
        async with AsyncExitStack() as held:
            async with call.in_time():
                await held.enter_async_context(self._paid(call))
                await held.enter_async_context(self._gate.passed(_key(call)))
            held.enter_context(self._watched(call))
            yield

    @asynccontextmanager
    async def _paid(self, call: Call) -> AsyncGenerator[None]:
        """Set aside what the attempt may cost at most; pay what it took, or all if unknown."""
        price = prices.price(self._provider.name, call.model)
        taken, attempts = prices.most(call.request), call.attempts
        set_aside, most = None, price.of(taken)
        if self._budget is not None and most:
            urgent = call.request.step == URGENT
            set_aside = await self._budget.reserve(call.caller.key, most, urgent=urgent)
            if set_aside is None:
                raise OverBudgetError(call.request.step)
        call.usage = None
        try:
            yield
        except ModelError as error:
            if not (error.charged or call.chunks):
                taken = Usage()
            raise
        finally:
            if call.attempts == attempts:  # nobody was asked
                taken = Usage()
            if call.usage is not None and _is_counted(call.usage):
                taken = call.usage
            cost = price.of(taken)
            call.pay(taken, cost)
            if self._budget is not None and set_aside is not None:
                await self._budget.settle(set_aside, cost)

    @contextmanager
    def _watched(self, call: Call) -> Generator[None]:
        """Have the breaker's leave, and tell it what became of the attempt."""
        if not self._breaker.admit(self._elapsed()):
            raise BreakerOpenError(call.request.step)
        call.attempts += 1
        try:
            yield
        except ModelError as error:
            if error.passing or isinstance(error, TooLateError):
                self._breaker.failed(self._elapsed())
            else:
                self._breaker.succeeded()  # it answered; what it said is another matter
            raise
        except BaseException:
            self._breaker.given_up()
            raise
        self._breaker.succeeded()


def _key(call: Call) -> str:
    """Name the queue a call waits in; what nobody waits for holds up no reply."""
    key, step = call.caller.key, call.request.step
    beside = step == URGENT or step.startswith(JUDGING)
    return f"{key}/{step}" if key and beside else key


def _is_counted(usage: Usage) -> bool:
    return usage.prompt > 0 and not usage.estimated
