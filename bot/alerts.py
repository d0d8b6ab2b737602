"""Alerts: the operators are told what is wrong, since when and what to do, and when it is over.

In figures alone, never in anybody's words; to those who have a chat with the bot. A cause is
told at most once an hour, also across restarts. That polling is dead cannot be heard by
polling, but sending may work all the same.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.outgoing import SendText, dump
from bot.texts import texts
from bot.vitals import LATELY, Monitor, Vitals
from coach.ids import uuid7
from coach.llm.breaker import BreakerState
from storage import alerts, outbox, people
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.people import Person
from storage.transaction import Transaction

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
SILENT = timedelta(seconds=90)
BEHIND = timedelta(minutes=15)
SPENDING = 0.80
"""The share of a day's budget that is told."""

Figures = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong: since when, and the figures that its text tells."""

    since: datetime
    figures: Figures = field(default_factory=dict[str, object])


def troubles(vitals: Vitals, refused: int) -> dict[str, Trouble | None]:
    """Judge by cause: what is wrong, None where it is well; a cause nobody knows of is left out.

    *refused* is how much Opik refused within the last hour.
    """
    found: dict[str, Trouble | None] = {}
    now, stored = vitals.at, vitals.stored
    if vitals.silence is not None and vitals.silence > SILENT:
        found["polling"] = Trouble(now - vitals.silence)
    elif vitals.heard:
        found["polling"] = None
    if vitals.breaker is not None:
        away = vitals.breaker is not BreakerState.CLOSED
        found["model"] = Trouble(now) if away else None
    if vitals.day_share is not None:
        spent = Trouble(now, {"percent": round(vitals.day_share * 100)})
        found["budget"] = spent if vitals.day_share >= SPENDING else None
    if stored is not None:
        dead, opik = sum(stored.given_up.values()), stored.opik
        found["dead_letters"] = Trouble(now, {"n": dead}) if dead else None
        late = opik.oldest if opik.oldest and now - opik.oldest > BEHIND else None
        found["opik_behind"] = Trouble(late, {"n": opik.waiting}) if late else None
        found["opik_refused"] = Trouble(now, {"n": refused}) if refused else None
    return found


class Alerts:
    """Watches, and tells; one of these serves a process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        monitor: Monitor,
        operators: Callable[[], Collection[int]],
        on_letters: Callable[[], None],
    ) -> None:
        """Watch by *monitor*; *operators* lists who is told, by their Telegram ids."""
        self._database = database
        self._clock = clock
        self._monitor = monitor
        self._operators = operators
        self._on_letters = on_letters
        self._refused: deque[tuple[datetime, int]] = deque()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self.look()
            await self._clock.wait(EVERY)

    async def look(self) -> None:
        """Look once, and tell what is to be told; nothing while the database is away."""
        vitals = await self._monitor.look()
        if vitals.stored is None:
            return
        found = troubles(vitals, self._refused_lately(vitals.at, vitals.stored.opik.refused))
        try:
            await self._database.write(lambda t: self._judge(t, found, vitals.at))
        except DatabaseUnavailableError:
            return
        self._on_letters()

    async def alert(self, cause: str, figures: Figures, about: str = "") -> None:
        """Tell of something that happened once: the text `alert.<cause>`, with its figures.

        *about* sets apart what has the same cause. DatabaseUnavailableError: nobody was told.
        """
        now = self._clock.now()
        key = f"{cause}:{about}" if about else cause

        def work(transaction: Transaction) -> None:
            if alerts.begin(transaction, key, now, now) is not None:
                self._tell(transaction, f"alert.{cause}", Trouble(now, figures), now)
            alerts.end(transaction, key, now)

        await self._database.write(work)
        self._on_letters()

    def _judge(
        self, transaction: Transaction, found: Mapping[str, Trouble | None], now: datetime
    ) -> None:
        standing = {one.cause: one for one in alerts.wrong(transaction)}
        for cause, trouble in found.items():
            if trouble is not None:
                since = alerts.begin(transaction, cause, trouble.since, now)
                if since is not None:
                    told = Trouble(since, trouble.figures)
                    self._tell(transaction, f"alert.{cause}", told, now)
            elif cause in standing:
                alerts.end(transaction, cause, now)
                if standing[cause].told:
                    over = Trouble(standing[cause].since)
                    self._tell(transaction, f"alert.{cause}.over", over, now)

    def _tell(self, transaction: Transaction, key: str, trouble: Trouble, now: datetime) -> None:
        log.warning("alert", extra={"cause": key})
        known = (people.find(transaction, operator) for operator in self._operators())
        letters = [
            outbox.Letter(
                f"alert:{uuid7(now)}",
                person.chat_id,
                outbox.Kind.NOTICE,
                dump(SendText(_written(key, trouble, person))),
                expires_at=now + alerts.EVERY,
            )
            for person in known
            if person is not None and person.reachable
        ]
        outbox.put(transaction, letters, now)

    def _refused_lately(self, now: datetime, refused: int) -> int:
        """Tell by how much more Opik refused than an hour ago, or than at our first look."""
        self._refused.append((now, refused))
        while now - self._refused[0][0] > LATELY:
            self._refused.popleft()
        return max(0, refused - self._refused[0][1])


def _written(key: str, trouble: Trouble, person: Person) -> str:
    """Write an alert in an operator's language, and its time as their clock shows it."""
    zone = person.time_zone or "UTC"
    since = f"{trouble.since.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
    return escape(texts(person.language)(key, since=since, **trouble.figures))
