"""The worker: gives every arrival its turn, in order for each chat, many chats at once.

A chat has one place and keeps it while its turn runs; there are so many places in all.
The attempt is counted and committed before the turn begins, so that an update which
kills the process is seen to do so and given up. After such a kill nobody knows which of
the turns under way was at fault; what was under way twice is therefore tried alone.

Whether it is the only worker or one of several is known to its claims (`bot.claiming`).
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot import claiming
from bot.background import Background
from bot.backoff import Backoff
from bot.claiming import SUSPICIOUS_FROM, Claimed, Claims, Hands
from bot.clock import Clock
from bot.telegram.inbound import UpdateUnreadableError
from storage import inbox, inbox_care
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.inbox import Item
from storage.leases import RENEWED_EVERY, LeaseLostError
from storage.transaction import Transaction
from storage.turns import Outcome

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_ATTEMPTS = 3
GIVING_BACK = timedelta(seconds=1)
AGAIN_AFTER = timedelta(seconds=1)
_ROUNDING = timedelta(seconds=0.05)  # the two times of a clock never agree exactly
_PAUSE = Backoff(timedelta(seconds=0.05), timedelta(seconds=2))

Apologise = Callable[[Transaction, Item, datetime], None]


class Turns(Protocol):
    """Takes turns, and keeps the record of them."""

    async def take(self, claimed: Claimed) -> None:
        """Take an item to its end, in one transaction of its own; keep what became of it."""
        ...

    async def given_up(self, item: Item, reason: str) -> None:
        """Keep that an item was given up without its turn; never fail."""
        ...


class Worker:
    """Has a turn taken for each item."""

    def __init__(
        self,
        claims: Claims,
        turns: Turns,
        apologise: Apologise,
        clock: Clock,
        background: Background,
        on_failed: Callable[[Outcome], None] = lambda _: None,
    ) -> None:
        """Run *turns*; *on_failed* hears of each attempt that came to nothing, when it is kept."""
        self._claims = claims
        self._database = claims.database
        self._on_failed = on_failed
        self._turns = turns
        self._apologise = apologise
        self._clock = clock
        self._background = background
        self._busy: set[int] = set()
        self._suspects: set[int] = set()
        self._retries: list[timedelta] = []
        self._parked: set[int] = set()
        self._woken = asyncio.Event()
        self._looking = asyncio.Lock()
        self._more = True

    def wake(self) -> None:
        """Look into the inbox now."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled, beginning with what the last run left."""
        async with self._looking:  # before anything is claimed
            self._suspects = await self._insist(
                lambda transaction: inbox_care.suspects(transaction, SUSPICIOUS_FROM)
            )
        while True:
            self._woken.clear()
            await self._patiently(self._look)
            await self._clock.wait(self._rest(), self._woken)

    async def take_in(self, keep: Callable[[Transaction], object]) -> None:
        """Do *keep*, which puts something into the inbox, and claim it in the same commit.

        DatabaseUnavailableError: nothing was kept.
        """
        if self._looking.locked():  # the next look finds it
            await self._database.write(keep)
            self.wake()
        else:
            await self._look(keep)

    async def give_back_parked(self) -> None:
        """After a stop in good order: do not hold the cut short attempts against anybody.

        Where the database is away, they count.
        """
        if not self._parked:
            return
        with suppress(DatabaseUnavailableError, TimeoutError):
            async with asyncio.timeout(GIVING_BACK.total_seconds()):
                await self._database.write(lambda t: self._claims.give_back(t, self._parked))

    async def keep_claims(self) -> None:
        """Say that it is still at work until cancelled, where others would take over."""
        while True:
            await self._clock.wait(RENEWED_EVERY)
            now = self._clock.now()
            if self._busy:
                with suppress(DatabaseUnavailableError):
                    await self._database.write(lambda t, now=now: self._claims.renew(t, now))

    async def _look(self, keep: Callable[[Transaction], object] = lambda _: None) -> None:
        """Do *keep*, and begin the turns of whatever may be worked on then."""
        async with self._looking:
            now, hands = self._clock.now(), Hands(frozenset(self._busy), frozenset(self._suspects))

            def work(transaction: Transaction) -> tuple[list[Claimed], bool]:
                keep(transaction)
                found = self._claims.claim(transaction, hands, now)
                return [claiming.begun(transaction, item) for item in found.items], found.more

            claimed, self._more = await self._database.write(work)
            for one in claimed:
                self._busy.add(one.item.chat_id)
                self._background.start("turn", self._work(one))
            if hands.busy - self._busy:  # what waited behind a turn that has ended meanwhile
                self.wake()

    async def _work(self, claimed: Claimed) -> None:
        item = claimed.item
        failpoint("worker.claimed")
        try:
            if item.attempts > MOST_ATTEMPTS:
                await self._give_up(item, "crash")
                await self._turns.given_up(item, "crash")
            else:
                await self._attempt(claimed)
        except asyncio.CancelledError:
            self._parked.add(item.id)
            raise
        finally:
            self._busy.discard(item.chat_id)
            self._suspects.discard(item.chat_id)
            if self._more:
                self.wake()

    async def _attempt(self, claimed: Claimed) -> None:
        item = claimed.item
        try:
            await self._patiently(lambda: self._turns.take(claimed))
        except LeaseLostError:
            log.warning("lease lost: nothing was written", extra={"item": item.id})
        except UpdateUnreadableError as error:
            await self._give_up(item, error.kind, apologise=False)
            await self._turns.given_up(item, error.kind)
        except Exception as error:  # whatever it was, this person's next message must get its turn
            _log_fault(error, item)
            if item.attempts < MOST_ATTEMPTS:
                await self._again_later(item)
                self._on_failed(Outcome.FAILED)
            else:
                await self._give_up(item, type(error).__name__)

    async def _again_later(self, item: Item) -> None:
        wait = AGAIN_AFTER * item.attempts
        not_before = self._clock.now() + wait
        self._retries.append(self._clock.elapsed() + wait + _ROUNDING)
        await self._insist(
            lambda transaction: inbox.retry(transaction, item.id, not_before, item.worker)
        )

    async def _give_up(self, item: Item, reason: str, *, apologise: bool = True) -> None:
        now = self._clock.now()

        def work(transaction: Transaction) -> None:
            given_up = inbox.dead(transaction, item.id, reason, now, item.worker)
            if apologise and given_up:  # whoever was erased meanwhile is told nothing more
                self._apologise(transaction, item, now)

        log.error("item given up", extra={"item": item.id, "reason": reason})
        await self._insist(work)
        self._on_failed(Outcome.GIVEN_UP)

    def _rest(self) -> timedelta:
        """Say how long to wait; not at all for what fell due during the last look."""
        elapsed = self._clock.elapsed()
        soonest = min(self._retries, default=elapsed + self._claims.look_every)
        self._retries = [at for at in self._retries if at > elapsed]
        return min(soonest - elapsed, self._claims.look_every)

    async def _insist(self, work: Callable[[Transaction], T]) -> T:
        return await self._patiently(lambda: self._database.write(work))

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do *work* again for as long as the database is away: that is nobody's failed attempt."""
        failures = 0
        while True:
            try:
                return await work()
            except DatabaseUnavailableError:
                await self._clock.wait(_PAUSE.after(failures))
                failures += 1


def _log_fault(error: Exception, item: Item) -> None:
    """Log the kind and the place of a fault; its message may quote somebody's words."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames]
    told = {"item": item.id, "attempt": item.attempts, "error": type(error).__name__}
    log.error("turn failed", extra={**told, "places": places})
