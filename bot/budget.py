"""The budgets of model calls: a person's calendar month and everybody's day, in UTC.

What cannot be reserved because the database is away is not spent: the rules answer.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.clock import Clock
from coach.llm.budget import Mode, Reservation
from storage import spend
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.spend import Limit, OverLimitError
from storage.transaction import Transaction

SPARING_AT, SPENT_AT = 0.80, 0.95
"""Shares of a month: judges and weekly wording rest; what is left pays for no answer."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that calls may cost, in US dollars."""

    month: Decimal = Decimal("0.01")  # of one person
    day: Decimal = Decimal("1.00")  # of everybody together


class StoredBudget:
    """Keeps the caps in the database, so that neither a restart nor a crowd goes beyond them."""

    def __init__(self, database: Database, clock: Clock, caps: Caps) -> None:
        self._database = database
        self._clock = clock
        self._month = int(caps.month * _MILLION)
        self._day = int(caps.day * _MILLION)

    async def reserve(
        self, key: str, micro_usd: int, *, urgent: bool = False
    ) -> Reservation | None:
        """Set money aside in month and day, or in neither and return None."""
        now = self._clock.now()
        limits = self._limits(key, now, urgent=urgent)
        try:
            await self._database.write(lambda t: spend.reserve(t, limits, micro_usd))
        except (OverLimitError, DatabaseUnavailableError):
            return None
        return Reservation(key, micro_usd, now)

    async def settle(self, reservation: Reservation, micro_usd: int) -> None:
        """Replace a reservation by what it came to, in the periods it was made in."""
        limits = self._limits(reservation.key, reservation.at)
        with suppress(DatabaseUnavailableError):  # then it stays reserved, which is more
            await self._database.write(
                lambda t: spend.settle(t, limits, reservation.micro_usd, micro_usd)
            )

    async def mode(self, key: str) -> Mode:
        """Tell how much is left for somebody."""
        month, day = await self._database.read(lambda t: self._shares(t, key))
        if max(month, day) >= SPENT_AT:
            return Mode.SPENT
        return Mode.SPARING if month >= SPARING_AT else Mode.MODEL

    def _shares(self, transaction: Transaction, key: str) -> tuple[float, float]:
        shares = {
            limit.scope: spend.taken(transaction, limit) / limit.most if limit.most else 1.0
            for limit in self._limits(key, self._clock.now())
        }
        return shares.get(key, 0.0), shares[spend.ALL]

    def _limits(self, key: str, at: datetime, *, urgent: bool = False) -> list[Limit]:
        today = at.date()
        everybody = Limit(spend.ALL, today, self._day)
        if not key:
            return [everybody]
        month = today.replace(day=1)
        return [Limit(key, month, None if urgent else self._month), everybody]
