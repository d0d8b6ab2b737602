"""People whose check-ins fall due while bots die: what was due, what they saw, what was noted.

The clock moves to where something is due, which is noted from the database before; when a bot
has caught up, people are asked what they saw and the database what it knows.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, NullPool, bindparam, column, create_engine, text

from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from storage.columns import UtcTime
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan

PATIENCE = 60
LOOK_AGAIN = timedelta(milliseconds=20)
TOGETHER = timedelta(minutes=20)
"""More than the minutes by which people with the same plans are kept apart."""

LONGEST_REST = timedelta(days=8)
"""When nothing is due for so long, these people's plans are over."""

_NOW = bindparam("now", type_=UtcTime())
_FIRST = text("SELECT min(next_due_at) AS at FROM check_in").columns(column("at", UtcTime()))
_DUE = (
    text("SELECT person_id, kind, next_due_at, time_zone FROM check_in WHERE next_due_at <= :now")
    .bindparams(_NOW)
    .columns(
        *map(column, ("person_id", "kind")), column("next_due_at", UtcTime()), column("time_zone")
    )
)
_WAITING = text("""
    SELECT (SELECT count(*) FROM check_in WHERE next_due_at <= :now)
         + (SELECT count(*) FROM inbox WHERE source = 'check_in' AND state = 'new')
         + (SELECT count(*) FROM outbox WHERE lane = 'nudges' AND state IN ('new', 'sending'))
""").bindparams(_NOW)
_ENDED = text("SELECT key FROM inbox WHERE source = 'check_in' AND state = 'done'")
_ANSWERING = text("""
    SELECT count(*) FROM outbox JOIN person ON person.chat_id = outbox.chat_id
    WHERE person.id IN (SELECT person_id FROM check_in) AND state IN ('new', 'sending')
""")
_STATES = text("""
    SELECT CASE state WHEN 'dead' THEN 'dead: ' || reason ELSE state END AS became, count(*)
    FROM outbox WHERE lane = 'nudges' AND created_at >= :now GROUP BY became
""").bindparams(_NOW)
_DOUBLED = text("""
    SELECT coalesce(sum(times - 1), 0) FROM (
        SELECT count(*) AS times FROM nudge WHERE at >= :now GROUP BY person_id, kind, on_date
    ) AS counted
""").bindparams(_NOW)


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

    def __init__(self, sandbox: Sandbox, database_url: str, number: int) -> None:
        self._sandbox = sandbox
        self._engine = create_engine(database_url, poolclass=NullPool)
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
        """Move the clock to where the next check-ins are due, and note which these are."""
        clock = self._sandbox.clock
        self._since = max(clock.now(), self._ask(_FIRST)[0].at + TOGETHER)
        self._keys = {
            f"{one.person_id}:{one.kind}:"
            f"{one.next_due_at.astimezone(ZoneInfo(one.time_zone)).date()}"
            for one in self._ask(_DUE, self._since)
        }
        self._heard = [len(guest.heard()) for guest in self._guests]
        clock.advance_to(self._since)

    async def caught_up(self) -> None:
        """Wait until nothing of it waits, judge it, and answer what was asked."""
        await self._until_none(_WAITING)
        self._judge()
        await asyncio.gather(*map(_answer, self._guests))
        await self._until_none(_ANSWERING)

    def are_over(self) -> bool:
        """Tell whether nothing is due for these people any more."""
        (first,) = self._ask(_FIRST)[0]
        return first is None or first > self._sandbox.clock.now() + LONGEST_REST

    def _judge(self) -> None:
        found, since = self.found, self._since
        ended = {key for (key,) in self._ask(_ENDED)}
        found.due += len(self._keys)
        found.forgotten += len(self._keys - ended)
        found.doubled += int(self._ask(_DOUBLED, since)[0][0])
        seen = Counter(
            (guest.person.id, message["text"])
            for heard, guest in zip(self._heard, self._guests, strict=True)
            for message in guest.heard()[heard:]
        )
        found.doubled += seen.total() - len(seen)
        states = Counter({str(state): number for state, number in self._ask(_STATES, since)})
        found.states += states
        found.unexplained += not states["sent"] <= len(seen) <= states["sent"] + states["unknown"]

    async def _until_none(self, waiting: Executable) -> None:
        now = self._sandbox.clock.now()
        async with asyncio.timeout(PATIENCE):
            while self._ask(waiting, now)[0][0]:
                await SystemClock().wait(LOOK_AGAIN)

    def _ask(self, question: Executable, now: datetime | None = None) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(question, {"now": now}).all()


async def _answer(guest: Guest) -> None:
    """Tell how it went, if that was asked."""
    if "Done ✅" in guest.labels():
        await guest.press("Done ✅")
