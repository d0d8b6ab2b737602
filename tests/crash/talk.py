"""Twenty people who talk without a pause, each word said once, and what they hear of it."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.pulse import Pulse
from bot.sandbox.server import Sandbox
from tests.bot.house import Guest
from tests.crash.calls import SAID

OUTSTANDING = 1
PATIENCE = 30
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "su")


def word(number: int) -> str:
    """Spell a number in syllables, so that it reads as a word and not as a figure."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:06}")


@dataclass
class Talker:
    """One person: what they said, what came back, in order, and what is still to come."""

    guest: Guest
    said: list[str] = field(default_factory=list[str])
    heard: list[str] = field(default_factory=list[str])
    due: set[str] = field(default_factory=set[str])
    heard_at: dict[str, timedelta] = field(default_factory=dict[str, timedelta])

    def hear(self, text: str) -> None:
        """Note what an answer repeats."""
        found = SAID.findall(text)
        self.heard += found
        for word in found:
            self.heard_at.setdefault(word, SystemClock().elapsed())
        self.due.difference_update(found)


class Talk:
    """Everybody talks: whoever has an answer says the next thing at once."""

    def __init__(self, sandbox: Sandbox, guests: Sequence[Guest]) -> None:
        self._sandbox = sandbox
        self.talkers = {guest.person.id: Talker(guest) for guest in guests}
        self._number = 0
        self._over = False
        self._heard = Pulse()

    @asynccontextmanager
    async def going_on(self) -> AsyncGenerator[None]:
        """Let everybody talk and listen meanwhile."""
        people, self._over = Background(), False
        people.start("people", self._talk())
        try:
            yield
        finally:
            await people.stop(timedelta(seconds=3))

    async def caught_up(self) -> None:
        """Wait until everything that has been said up to now is answered, or is lost for good."""
        waiting = [(talker, set(talker.due)) for talker in self.talkers.values()]
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for talker, due in waiting:
                    while due & talker.due:
                        await self._heard.wait()

    async def end(self) -> None:
        """Say nothing more, and wait for the answers that are due."""
        self._over = True
        await self.caught_up()

    async def _talk(self) -> None:
        begun = self._sandbox.feed.follow(None)
        assert (await anext(begun)).kind == "reload"
        for talker in self.talkers.values():
            self._say_more(talker)
        async for event in begun:
            assert event.kind != "reload", "the listener was too slow for the sandbox"
            talker = self.talkers.get(event.body.get("chat_id", 0))
            if talker and event.kind == "message" and event.body["message"]["from"]["is_bot"]:
                talker.hear(event.body["message"]["text"])
                self._heard.ring()
                self._say_more(talker)

    def _say_more(self, talker: Talker) -> None:
        while len(talker.due) < OUTSTANDING and not self._over:
            self._number += 1
            said = word(self._number)
            talker.said.append(said)
            talker.due.add(said)
            person = talker.guest.person
            chat = self._sandbox.chats[person.id]
            acts.say(self._sandbox, chat, person, f"Thinking about {said} today")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people say of it afterwards."""

    said: int
    lost: int
    out_of_order: int
    doubled: int


def judge(talkers: Sequence[Talker]) -> Judgement:
    """Compare what was said with what was heard."""
    lost = out_of_order = doubled = 0
    for talker in talkers:
        counted = Counter(talker.heard)
        first_heard = list(counted)  # a Counter keeps the order of first appearance
        lost += sum(word not in counted for word in talker.said)
        doubled += sum(times - 1 for times in counted.values())
        order = [talker.said.index(heard) for heard in first_heard]
        out_of_order += sum(one > next_one for one, next_one in itertools.pairwise(order))
    return Judgement(sum(len(talker.said) for talker in talkers), lost, out_of_order, doubled)
