"""The bot's vitals: what is well or not just now, for /metrics and for the alerts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.budget import Caps
from bot.clock import Clock
from coach.llm.breaker import BreakerState
from storage import vitals
from storage.database import Database
from storage.errors import DatabaseUnavailableError

LATELY = timedelta(hours=1)
"""How far back it is told what was given up."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is found at *at*; None stands for what there is not, or cannot be read."""

    at: datetime
    silence: timedelta | None  # since Telegram last answered a poll; None with a webhook
    breaker: BreakerState | None  # None without a model
    stored: vitals.Vitals | None  # None while the database is away
    day_share: float | None = None  # of today's budget, from 0 up; None where it is without end
    heard: bool = True  # Telegram answered since we began; with a webhook that is no question


@dataclass(frozen=True, slots=True)
class Monitor:
    """Looks. *heard_at* tells when Telegram last answered, if it did; None with a webhook."""

    database: Database
    clock: Clock
    caps: Caps
    began: timedelta  # on the clock that never jumps
    heard_at: Callable[[], timedelta | None] | None
    breaker: Callable[[], BreakerState] | None

    async def look(self) -> Vitals:
        """Find out."""
        now = self.clock.now()
        try:
            stored = await self.database.read(lambda t: vitals.take(t, now, now - LATELY))
        except DatabaseUnavailableError:
            stored = None
        heard = self.heard_at() if self.heard_at else None
        silence = self.clock.elapsed() - (heard or self.began)
        day = self.caps.day * 1_000_000
        return Vitals(
            at=now,
            silence=silence if self.heard_at else None,
            breaker=self.breaker() if self.breaker else None,
            stored=stored,
            day_share=float(stored.spent / day) if stored and day else None,
            heard=self.heard_at is None or heard is not None,
        )
