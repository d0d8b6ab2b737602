"""The whole house for a test: sandbox and real bot on loopback, and people who talk.

Nobody here looks at a clock: a guest waits until the sandbox shows what was waited for.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import Running, running
from bot.background import Background
from bot.clock import SystemClock
from bot.demo import LIMITS, TOKEN, DemoClock, Step
from bot.options import Options
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from storage import inbox, outbox_care
from storage.transaction import Transaction
from tests import migrated

Message = dict[str, Any]
PATIENCE = 20
AT_ONCE = 16
REAL_TIME = SystemClock().now
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)


@dataclass
class Guest:
    """Somebody in the sandbox, and what they see."""

    sandbox: Sandbox
    person: Person

    def messages(self) -> list[Message]:
        """List what is in the chat, oldest first."""
        return self.sandbox.chats[self.person.id].since(0)

    def heard(self) -> list[Message]:
        """List what the bot said."""
        return [message for message in self.messages() if message["from"]["is_bot"]]

    def last(self) -> Message:
        """Return the bot's latest message."""
        return self.heard()[-1]

    async def until(self, seen: Callable[[], Any]) -> None:
        """Wait until *seen* is true."""
        async with asyncio.timeout(PATIENCE):
            async for _ in self.sandbox.feed.follow(None):
                if seen():
                    return

    async def say(self, text: str) -> str:
        """Write something and return the text of the answer."""
        before = len(self.heard())
        acts.say(self.sandbox, self.sandbox.chats[self.person.id], self.person, text)
        await self.until(lambda: len(self.heard()) > before)
        return self.last()["text"]

    async def press(self, label: str) -> str:
        """Tap the newest button that says *label*; return the text of the answer."""
        before = len(self.heard())
        await self.tap(label)
        await self.until(lambda: len(self.heard()) > before)
        return self.last()["text"]

    async def tap(self, label: str) -> str:
        """Tap a button that changes its own message; return the toast, if there is one."""
        message, data = self.button(label)
        return await self.tap_data(message, data)

    async def tap_data(self, message: Message, data: str) -> str:
        """Tap with any data; wait for the toast, or for the change that it brings."""
        before = self.messages()
        query = acts.press(self.sandbox, self.person, message["message_id"], data)
        async with asyncio.timeout(PATIENCE):
            toast = (await query.answer).get("text", "")
        if not toast:
            await self.until(lambda: self.messages() != before)
        return toast

    def button(self, label: str) -> tuple[Message, str]:
        """Find the newest button with that label."""
        for message in reversed(self.heard()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return message, button["callback_data"]
        raise AssertionError(f"no button {label!r} in {self.labels()}")

    def labels(self) -> list[str]:
        """List the labels under the newest message."""
        keyboard = self.last().get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in keyboard for button in row]


@dataclass
class House:
    """A running bot with its sandbox."""

    sandbox: Sandbox
    options: Options
    address: str
    bot: Running | None = None

    def guest(self, name: str = "Ada", language: str = "en") -> Guest:
        """Let somebody new in, whose Telegram speaks *language*."""
        return Guest(self.sandbox, self.sandbox.add_person(name, language))

    async def settled(self) -> None:
        """Wait until nothing waits to be fetched, for its turn, or to be sent."""
        bot = self.bot
        assert bot is not None
        async with asyncio.timeout(PATIENCE):
            while len(self.sandbox.updates) + await bot.database.read(_waiting):
                pass

    @asynccontextmanager
    async def open(self, **changed: Any) -> AsyncGenerator[Running]:
        """Run the bot, with some options changed; it can be opened again on the same database."""
        async with running(replace(self.options, **changed), Background()) as bot:
            self.bot = bot
            self.sandbox.clock.step = Step(self.sandbox.clock, bot)
            yield bot


def _waiting(transaction: Transaction) -> int:
    return inbox.backlog(transaction).waiting + outbox_care.waiting(transaction)


@asynccontextmanager
async def sandbox_only(
    folder: Path, now: Callable[[], datetime] = REAL_TIME
) -> AsyncGenerator[House]:
    """Serve the sandbox, where it is *now*; the bot is opened by the test."""
    clock = SandboxClock(now)
    sandbox = Sandbox(clock)
    listener = listen()
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    options = Options(
        token=TOKEN,
        telegram_root=address,
        database_url=f"sqlite:///{folder / 'rein.db'}",
        key_file=folder / "keys" / "master.key",
        clock=DemoClock(clock),
        clock_may_be_set=False,
        public=True,
        limits=LIMITS,
    )
    migrated.put(folder / "rein.db")
    world = Background()
    world.start("sandbox", serve(sandbox, listener))
    try:
        yield House(sandbox, options, address)
    finally:
        await world.stop(timedelta(seconds=3))


@asynccontextmanager
async def opened(folder: Path) -> AsyncGenerator[House]:
    """Serve the sandbox and run the bot; its days begin on a Tuesday, whenever the tests run."""
    began = REAL_TIME()
    async with (
        sandbox_only(folder, lambda: TUESDAY + (REAL_TIME() - began)) as house,
        house.open(),
    ):
        yield house


async def together(what: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Let several guests act side by side, some at a time, as their patience is bounded."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(act: Coroutine[Any, Any, None]) -> None:
        async with turn:
            await act

    await asyncio.gather(*map(one, what))
