"""People in a house, who say words that nobody said before, and what they hear of them."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import rig
from bot.app import Running
from bot.budget import Caps
from bot.clock import SystemClock
from bot.demo import DemoClock
from bot.sandbox import acts
from bot.sandbox.clock import SandboxClock
from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel, echo
from coach.llm.timing import Deadlines
from tests.bot import house
from tests.bot.house import Guest, House
from tests.crash.talk import Judgement, Talker, judge, word
from tests.faults import front
from tests.faults.front import Front

PATIENT = Deadlines(*[timedelta(hours=1)] * 3)
"""For a clock that runs fast, and wherever the model is not what fails."""

RICH = Caps(Decimal(1000), Decimal(1000))
"""For wherever money is not what runs out."""

_numbers = count(1)


class FastClock(DemoClock):
    """The sandbox's clock, on which everything but the machine's own work is *speed* times as
    fast: what has to be waited out takes no test's time.
    """

    def __init__(self, sandbox: SandboxClock, speed: float) -> None:
        super().__init__(sandbox)
        self._speed = speed
        self._skipped = timedelta()

    def skip(self, by: timedelta) -> None:
        """Let so much time have gone by for everybody who measures it."""
        self._skipped += by

    def elapsed(self) -> timedelta:
        return super().elapsed() * self._speed + self._skipped

    async def wait(self, at_most: timedelta | None, woken: asyncio.Event | None = None) -> None:
        await super().wait(None if at_most is None else at_most / self._speed, woken)


def fast_now(speed: float) -> Any:
    """Tell the time of day, beginning now, *speed* times as fast."""
    system = SystemClock()
    began, at = system.now(), system.elapsed()

    def now() -> datetime:
        return began + (system.elapsed() - at) * speed

    return now


def answer(request: ModelRequest) -> str:
    """Find no danger and repeat what was said."""
    return rig.NO_DANGER if request.step == "safety_triage" else echo(request)


@dataclass
class Company:
    """People at home, whose every word is echoed by the model."""

    rein: House
    front: Front
    clock: FastClock
    talkers: list[Talker] = field(default_factory=list[Talker])

    @property
    def bot(self) -> Running:
        """The bot that runs."""
        assert self.rein.bot is not None
        return self.rein.bot

    async def join(self, people: int) -> list[Talker]:
        """Let some more people in, in the middle of everyday life."""
        guests = [self.rein.guest(f"Person {number}") for number in range(people)]
        await asyncio.gather(*(rig.settle(self.bot, guest.person) for guest in guests))
        joined = [Talker(guest) for guest in guests]
        self.talkers += joined
        return joined

    def say(self, talker: Talker) -> str:
        """Let somebody say a word of their own; return it."""
        said = word(next(_numbers))
        talker.said.append(said)
        person, sandbox = talker.guest.person, self.rein.sandbox
        acts.say(sandbox, sandbox.chats[person.id], person, f"Thinking about {said} today")
        return said

    async def answered(self) -> None:
        """Wait until everybody heard all of their words; TimeoutError if they do not."""
        for talker in self.talkers:
            await self.answered_all(talker)

    async def answered_all(self, talker: Talker) -> None:
        """Wait until somebody heard all of their words."""
        await talker.guest.until(lambda: set(talker.said) <= set(words(talker.guest)))

    def judged(self, talkers: Sequence[Talker] = ()) -> Judgement:
        """Compare what was said with what was heard."""
        return judge([replace(one, heard=words(one.guest)) for one in talkers or self.talkers])


def words(guest: Guest) -> list[str]:
    """List the words that somebody heard."""
    listener = Talker(guest)
    for message in guest.heard():
        listener.hear(message.get("text", ""))
    return listener.heard


@asynccontextmanager
async def invited(folder: Path, speed: float = 1, **options: Any) -> AsyncGenerator[Company]:
    """Make a house whose bot reaches the sandbox through a front; the test opens it."""
    async with house.sandbox_only(folder, fast_now(speed)) as rein:
        clock = FastClock(rein.sandbox.clock, speed)
        async with front.before(rein.address, clock) as between:
            made = {
                "clock": clock,
                "telegram_root": between.root,
                "model": ScriptedModel(answer),
                "deadlines": PATIENT,
                **options,
            }
            rein.options = replace(rein.options, **made)
            yield Company(rein, between, clock)


@asynccontextmanager
async def opened(folder: Path, speed: float = 1, **options: Any) -> AsyncGenerator[Company]:
    """Make such a house, and run its bot."""
    async with invited(folder, speed, **options) as people, people.rein.open():
        yield people
