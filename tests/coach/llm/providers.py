"""Providers for the service's tests: they do as they are told and say what happened to them."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coach.llm.budget import Mode, Reservation
from coach.llm.caller import Caller, CallMade
from coach.llm.errors import ModelError
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, TokenCount, Usage
from coach.llm.scripted import ScriptedModel
from coach.llm.timing import Timing

NEVER = datetime(2026, 11, 25, tzinfo=UTC)
USAGE = Usage(prompt=100, output=20, cached=10, thinking=5)


def asked(step: str = "coaching_reply", words: str = "hello") -> ModelRequest:
    return ModelRequest(step, "be kind", {"user_text": words}, prompt_version="v1")


class Named(ScriptedModel):
    """A scripted model that passes for Gemini, so that it costs something."""

    name = "gemini"
    model = "gemini-3.1-flash-lite"


class Counted(Named):
    """Answers with a usage of its own choice."""

    def __init__(self, usage: Usage = USAGE) -> None:
        super().__init__()
        self.usage = usage

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        return ModelAnswer("ok", self.model, self.usage)


class Gated(Named):
    """Holds every call until the gate is opened; knows who is inside and who was cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.arrived = asyncio.Event()
        self.inside: list[str] = []
        self.most_inside = 0
        self.cancelled: list[str] = []

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        with self._within(request):
            await self.gate.wait()
        return ModelAnswer("ok", self.model, USAGE)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        with self._within(request):
            await self.gate.wait()
            yield Chunk("one ")
            self.gate.clear()
            await self.gate.wait()
            yield Chunk("two", USAGE, Finish.STOP)

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        raise ModelError

    def _within(self, request: ModelRequest) -> "_Inside":
        return _Inside(self, request.user_text)


@dataclass
class _Inside:
    model: Gated
    who: str

    def __enter__(self) -> None:
        self.model.inside.append(self.who)
        self.model.most_inside = max(self.model.most_inside, len(self.model.inside))
        self.model.arrived.set()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.model.inside.remove(self.who)
        if kind is not None:
            self.model.cancelled.append(self.who)


@dataclass
class SetClock:
    """Time that moves only when somebody waits or sets it."""

    now: timedelta = timedelta(0)
    slept: list[timedelta] = field(default_factory=list[timedelta])

    @property
    def timing(self) -> Timing:
        return Timing(lambda: self.now, self._sleep, lambda: 0.0)

    async def _sleep(self, pause: timedelta) -> None:
        self.slept.append(pause)
        self.now += pause


@dataclass
class Purse:
    """A budget of one amount, for everybody."""

    left: int
    settled: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    urgent: list[bool] = field(default_factory=list[bool])
    mode_now: Mode = Mode.MODEL

    async def reserve(
        self, key: str, micro_usd: int, *, urgent: bool = False
    ) -> Reservation | None:
        self.urgent.append(urgent)
        if micro_usd > self.left:
            return None
        self.left -= micro_usd
        return Reservation(key, micro_usd, NEVER)

    async def settle(self, reservation: Reservation, micro_usd: int) -> None:
        self.left += reservation.micro_usd - micro_usd
        self.settled.append((reservation.micro_usd, micro_usd))

    async def mode(self, key: str) -> Mode:
        return self.mode_now


def keeping(entries: list[CallMade], key: str = "ada") -> Caller:
    return Caller(key, entries.append)


async def until(seen: Callable[[], object]) -> None:
    """Let the other tasks run until *seen* is true."""
    for _ in range(1000):
        if seen():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")
