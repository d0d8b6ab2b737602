"""Everything at once: both APIs fail, the bot is killed, check-ins fall due, and people talk on.

Some people talk without a pause; others have plans, and only tap what they are asked. The day
moves on with each life of the bot, to when the next check-in is due.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.background import beside
from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests import databases
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_own import be_at_home
from tests.crash.talk import Talker, word
from tests.faults import front, lives, models
from tests.faults.bot import Wish
from tests.faults.kinds import PASSING, too_many
from tests.models import server
from tests.models.server import Heard, ModelServer
from tests.proofs import proven
from tests.tiers import FULL

SECONDS = 600 if FULL else 30
TALKING, PLANNING = 12, 6
SHARE, SEED = 0.05, 20_261_126
KILL_AFTER_S = (4, 10)
BEFORE_DUE = timedelta(seconds=3)
LAST_ANSWERS_S, ASKED_WITHIN_S, CALM_DAYS = 90, 20, 6
DONE = "Done ✅"


@dataclass
class Talk:
    """One who talks: each word once, the next as soon as there is an answer.

    What does not repeat a word answers what was said last, or came a second time: then its
    buttons, which have a number of their own, are the same too.
    """

    guest: Guest
    said: list[str] = field(default_factory=list[str])
    heard: Counter[str] = field(default_factory=Counter[str])
    due: str = ""
    by_rules: int = 0
    doubled: int = 0
    disordered: int = 0
    _plain: tuple[str, str] = "", ""

    def hear(self, text: str, buttons: str) -> bool:
        """Take an answer in; tell whether it is the one that was waited for."""
        listener = Talker(self.guest)
        listener.hear(text)
        if not listener.heard:  # the model failed, and the rules answered, or asked about danger
            again, self._plain = (text, buttons) == self._plain, (text, buttons)
            self.doubled += again
            self.by_rules += bool(self.due) and not again
            answered, self.due = bool(self.due) and not again, self.due if again else ""
            return answered
        (found,), self._plain = listener.heard, ("", "")
        self.doubled += found in self.heard
        self.disordered += found not in self.heard and found != self.due
        self.heard[found] += 1
        answered = found == self.due
        if answered:
            self.due = ""
        return answered


class Chaos:
    """The people, and what they do when they hear something."""

    def __init__(self, sandbox: Sandbox, talking: list[Guest], planning: list[Guest]) -> None:
        self._sandbox = sandbox
        self.talks = {guest.person.id: Talk(guest) for guest in talking}
        self._planning = {guest.person.id: guest for guest in planning}
        self.asked: Counter[tuple[int, str, str]] = Counter()  # of whom, on which day, what
        self._number = 0
        self.over = False

    async def live(self) -> None:
        """Talk and tap, for ever."""
        following = self._sandbox.feed.follow(None)
        assert (await anext(following)).kind == "reload"
        for talk in self.talks.values():
            self._say(talk)
        async for event in following:
            assert event.kind != "reload", "the listener was too slow for the sandbox"
            message = event.body.get("message", {})
            if event.kind == "message" and message["from"]["is_bot"]:
                self._hear(event.body["chat_id"], message)

    def _hear(self, chat: int, message: dict[str, Any]) -> None:
        if talk := self.talks.get(chat):
            buttons = str(message.get("reply_markup"))
            if talk.hear(message.get("text", ""), buttons) and not self.over:
                self._say(talk)
        elif chat in self._planning:
            self._be_asked(self._planning[chat], message)

    def _be_asked(self, guest: Guest, message: dict[str, Any]) -> None:
        """Note a question that nobody asked for, and tap the first time it is there."""
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["text"] == DONE:
                    day = datetime.fromtimestamp(message["date"], UTC).date().isoformat()
                    self.asked[guest.person.id, day, message["text"]] += 1
                    data = button["callback_data"]
                    acts.press(self._sandbox, guest.person, message["message_id"], data)

    def _say(self, talk: Talk) -> None:
        self._number += 1
        talk.due = word(self._number)
        talk.said.append(talk.due)
        chat = self._sandbox.chats[talk.guest.person.id]
        acts.say(self._sandbox, chat, talk.guest.person, f"Thinking about {talk.due} today")

    async def answered(self) -> None:
        """Say nothing more, and wait for the last answers, but not for ever."""
        self.over = True
        await _within(LAST_ANSWERS_S, lambda: not any(talk.due for talk in self.talks.values()))

    async def asks_again(self, rein: House, wish: Wish) -> None:
        """Let calm days pass until somebody is asked; a kill may have cost one its question."""
        before = self.asked.total()
        for _ in range(CALM_DAYS):
            async with lives.begun(replace(wish, ahead_s=ahead(rein, wish))):
                if await _within(ASKED_WITHIN_S, lambda: self.asked.total() > before):
                    return


async def _within(seconds: float, over: Callable[[], bool]) -> bool:
    """Wait until something is over, but not for longer; tell whether it is."""
    clock = SystemClock()
    until = clock.elapsed() + timedelta(seconds=seconds)
    while not over() and clock.elapsed() < until:
        await clock.wait(timedelta(seconds=0.1))
    return over()


def failing_now_and_then(model: ModelServer) -> Counter[str]:
    """Have a model repeat what was said, and fail one time in twenty; count the kinds of it."""
    dice, met = random.Random(SEED), Counter[str]()

    def does(heard: Heard) -> str:
        model.heard.clear()
        if dice.random() >= SHARE:
            return "answers"
        kind = dice.choice(models.FAILURES)
        met[kind] += 1
        return "answers" if kind == models.HUGE else kind

    model.chosen, model.says = does, models.echo
    return met


async def plans(rein: House, wish: Wish) -> list[Guest]:
    """Let some people come to a plan on a Tuesday, so that a Wednesday's session is the first."""
    now = SystemClock().now()
    tuesday = (now + timedelta(days=8 - now.weekday())).replace(hour=8)
    async with lives.begun(replace(wish, ahead_s=moved_on(rein, tuesday))):
        guests = [rein.guest(f"Planner {number}") for number in range(PLANNING)]
        await asyncio.gather(*map(be_at_home, guests))
    return guests


def ahead(rein: House, wish: Wish) -> float:
    """Move the day on to just before the next check-in; return how far that is from now."""
    ((due,),) = databases.asked(wish.database_url, "SELECT min(next_due_at) FROM check_in")
    moment = datetime.fromisoformat(str(due))  # without a zone on SQLite
    return moved_on(rein, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - BEFORE_DUE)


def moved_on(rein: House, to: datetime) -> float:
    """Move the day on, never back; return how many seconds it is from now."""
    rein.sandbox.clock.advance_to(to)
    return (rein.sandbox.clock.now() - SystemClock().now()).total_seconds()


@databases.on_either_in_full
@pytest.mark.long
@pytest.mark.timeout(1000)
async def test_nobody_is_lost_when_everything_happens_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], database_url: str
):
    chance, clock, kills = random.Random(SEED), SystemClock(), 0
    async with (
        house.sandbox_only(tmp_path) as rein,
        server.serving() as model,
        front.before(rein.address) as between,
    ):
        calm = Wish(rein.address, str(tmp_path), database_url)
        planning = await plans(rein, calm)
        talking = [rein.guest(f"Talker {number}") for number in range(TALKING)]
        await lives.settle(calm, talking)
        met = failing_now_and_then(model)
        faults = [*PASSING.values(), too_many(1), too_many(2)]
        between.chance = front.at_random(SHARE, faults, SEED)
        chaos = Chaos(rein.sandbox, talking, planning)
        until = clock.elapsed() + timedelta(seconds=SECONDS)
        wish = replace(calm, root=between.root, model_root=model.root)
        async with beside(chaos.live()) as living:
            while clock.elapsed() < until and not living.done():
                wish = replace(wish, ahead_s=ahead(rein, wish))
                async with lives.begun(wish) as life:
                    await clock.wait(timedelta(seconds=chance.uniform(*KILL_AFTER_S)))
                    await life.kill()
                kills += 1
            between.chance = front.nothing
            async with lives.begun(wish):
                await chaos.answered()
            asked_amid = chaos.asked.total()
            await chaos.asks_again(rein, wish)
            assert not living.done(), living.exception()

    talks = chaos.talks.values()
    figures: dict[str, float] = {
        "seconds": SECONDS, "kills": kills, "said": sum(len(talk.said) for talk in talks),
        "lost": sum(bool(talk.due) for talk in talks),
        "disordered": sum(talk.disordered for talk in talks),
        "doubled": sum(talk.doubled for talk in talks),
        "by_rules": sum(talk.by_rules for talk in talks),
        "model_failed": met.total(), "blocked": met["answer blocked"] + met["prompt blocked"],
        "nudges": len(chaos.asked),
        "nudged_twice": sum(times - 1 for times in chaos.asked.values()),
    }  # fmt: skip
    with capsys.disabled():
        print("\nchaos:", figures)
    if databases.kind(database_url) == databases.SQLITE:
        assert databases.asked(database_url, "PRAGMA integrity_check") == [("ok",)]
    assert databases.asked(database_url, "SELECT reason FROM inbox WHERE state = 'dead'") == []
    assert (figures["lost"], figures["disordered"], figures["nudged_twice"]) == (0, 0, 0)
    assert chaos.asked.total() > asked_amid, "nobody was asked once it was calm"
    proven("chaos", databases.kind(database_url), **figures)
