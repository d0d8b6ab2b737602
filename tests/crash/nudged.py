"""People whose check-ins fall due while bots die: what was due, what they saw, what was noted.

The clock moves only while no bot lives. What is due then is noted from the database; when the
next bot has caught up, people are asked what they saw and the database what it knows.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan

PATIENCE = 60
LOOK_AGAIN = timedelta(milliseconds=20)
TOGETHER = timedelta(minutes=20)
"""More than the minutes by which people with the same plans are kept apart."""

LONGEST_REST = timedelta(days=8)
"""When nothing is due for so long, these people's plans are over."""

_TIME = "%Y-%m-%d %H:%M:%S.%f"
_DUE = """
    SELECT person_id, kind, next_due_at, time_zone FROM check_in WHERE next_due_at <= ?
"""
_WAITING = """
    SELECT (SELECT count(*) FROM check_in WHERE next_due_at <= ?)
         + (SELECT count(*) FROM inbox WHERE source = 'check_in' AND state = 'new')
         + (SELECT count(*) FROM outbox WHERE lane = 'nudges' AND state IN ('new', 'sending'))
"""
_ENDED = "SELECT key FROM inbox WHERE source = 'check_in' AND state = 'done'"
_ANSWERING = """
    SELECT count(*) FROM outbox JOIN person ON person.chat_id = outbox.chat_id
    WHERE person.id IN (SELECT person_id FROM check_in) AND state IN ('new', 'sending')
"""
_STATES = """
    SELECT CASE state WHEN 'dead' THEN 'dead: ' || reason ELSE state END AS became, count(*)
    FROM outbox WHERE lane = 'nudges' AND created_at >= ? GROUP BY became
"""
_DOUBLED = """
    SELECT coalesce(sum(times - 1), 0) FROM (
        SELECT count(*) AS times FROM nudge WHERE at >= ? GROUP BY person_id, kind, on_date
    )
"""


@dataclass
class Nudges:
    """What became of check-ins that fell due; *unexplained*: what people saw, but no row tells."""

    due: int = 0
    forgotten: int = 0
    doubled: int = 0
    unexplained: int = 0
    states: Counter[str] = field(default_factory=Counter[str])


class Nudged:
    """Some people, replaced by newcomers when their plans are over."""

    def __init__(self, sandbox: Sandbox, folder: Path, number: int) -> None:
        self._sandbox = sandbox
        self._file = folder / "rein.db"
        self._number = number
        self._guests: list[Guest] = []
        self._since = sandbox.clock.now()
        self._keys: set[str] = set()
        self._heard: list[int] = []
        self.found = Nudges()

    async def settle_in(self) -> None:
        """Have newcomers agree to plans; those before them leave."""
        for guest in self._guests:
            acts.block(self._sandbox, guest.person, blocked=True)
        names = [f"Nudged {number}" for number in range(self._number)]
        self._guests = [Guest(self._sandbox, self._sandbox.add_person(n, "en")) for n in names]
        await asyncio.gather(*map(agree_to_a_plan, self._guests))
        for guest in self._guests:
            await guest.until(lambda guest=guest: "You're set" in guest.last()["text"])
        await self._until_none(_ANSWERING)  # what is on its way at a kill may come twice

    def come_due(self) -> None:
        """Move the clock to where the next check-ins are due, while no bot lives."""
        first = self._ask("SELECT min(next_due_at) FROM check_in")[0][0]
        self._sandbox.clock.advance_to(_read(first) + TOGETHER)
        self._since = self._sandbox.clock.now()
        self._keys = {
            f"{person}:{kind}:{_read(at).astimezone(ZoneInfo(zone)).date()}"
            for person, kind, at, zone in self._ask(_DUE, self._now())
        }
        self._heard = [len(guest.heard()) for guest in self._guests]

    async def caught_up(self) -> None:
        """Wait until nothing of it waits, judge it, and answer what was asked."""
        await self._until_none(_WAITING, self._now())
        self._judge()
        await asyncio.gather(*map(_answer, self._guests))
        await self._until_none(_ANSWERING)

    def are_over(self) -> bool:
        """Tell whether nothing is due for these people any more."""
        (first,) = self._ask("SELECT min(next_due_at) FROM check_in")[0]
        return first is None or _read(first) > self._sandbox.clock.now() + LONGEST_REST

    def _judge(self) -> None:
        found, since = self.found, self._since.strftime(_TIME)
        ended = {key for (key,) in self._ask(_ENDED)}
        found.due += len(self._keys)
        found.forgotten += len(self._keys - ended)
        found.doubled += self._ask(_DOUBLED, since)[0][0]
        seen = Counter(
            (guest.person.id, message["text"])
            for heard, guest in zip(self._heard, self._guests, strict=True)
            for message in guest.heard()[heard:]
        )
        found.doubled += seen.total() - len(seen)
        states = Counter({str(state): number for state, number in self._ask(_STATES, since)})
        found.states += states
        found.unexplained += not states["sent"] <= len(seen) <= states["sent"] + states["unknown"]

    async def _until_none(self, waiting: str, *values: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._ask(waiting, *values)[0][0]:
                await SystemClock().wait(LOOK_AGAIN)

    def _now(self) -> str:
        return self._sandbox.clock.now().strftime(_TIME)

    def _ask(self, question: str, *values: str) -> Sequence[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._file)) as database:
            return database.execute(question, values).fetchall()


async def _answer(guest: Guest) -> None:
    """Tell how it went, if that was asked."""
    if "Done ✅" in guest.labels():
        await guest.press("Done ✅")


def _read(moment: str) -> datetime:
    return datetime.strptime(moment, _TIME).replace(tzinfo=UTC)
