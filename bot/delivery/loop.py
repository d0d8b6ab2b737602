"""The delivery loop: one commit records what was sent and takes what is next.

`sending` is committed before a call and its result after it. A kill in between leaves
what was in flight in doubt, and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.background import Background
from bot.backoff import Backoff
from bot.clock import Clock
from bot.complaints import Complaints
from bot.delivery import ledger, verdict
from bot.delivery.flights import Flights
from bot.delivery.ledger import Parcel, Room
from bot.delivery.outcome import Channel, Outcome
from bot.delivery.pacing import Limits, Pacing
from bot.delivery.verdict import TOO_FAST, Again, Done, Verdict
from bot.outgoing import SendChart, SendDocument, SendText
from storage import outbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.transaction import Transaction

log = logging.getLogger(__name__)
T = TypeVar("T")

IDLE_LOOK = timedelta(seconds=10)  # finds what nobody woke us for, and drops what came too late
_ROUNDING = timedelta(seconds=0.05)  # the two times of a clock never agree exactly
_PAUSE = Backoff(timedelta(seconds=0.05), timedelta(seconds=2))


class Delivery:
    """Sends what the outbox holds; `wake` it after each commit that put something there."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        clock: Clock,
        background: Background,
        limits: Limits | None = None,
        look_every: timedelta = IDLE_LOOK,
    ) -> None:
        """Send by *channel*; *look_every*: how soon to find what nobody woke us for."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._background = background
        limits = limits or Limits()
        self._look_every = look_every
        self._pacing = Pacing(limits)
        self._flights = Flights(limits)
        self._complaints = Complaints(log, clock)
        self._landed: list[tuple[Parcel, Outcome]] = []
        self._looked_at = clock.elapsed()
        self._woken = asyncio.Event()
        self._finishing = False
        self._finished = asyncio.Event()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until `finish`, beginning with what the last run left in doubt."""
        await self._insist(lambda transaction: outbox.recover(transaction, self._clock.now()))
        while not self._finishing or self._flights:
            self._woken.clear()
            for parcel in await self._record_and_take():
                self._background.start("send", self._send(parcel))
            if self._flights or not self._finishing:
                await self._clock.wait(self._rest(), self._woken)
        self._finished.set()

    async def finish(self, within: timedelta) -> None:
        """Take nothing more, and let what is in flight land, if it does so in time."""
        self._finishing = True
        self.wake()
        await self._clock.wait(within, self._finished)

    async def _record_and_take(self) -> list[Parcel]:
        now, elapsed = self._clock.now(), self._clock.elapsed()
        self._looked_at = elapsed
        landed, self._landed = self._landed, []
        verdicts = [
            (parcel.letter, verdict.on(outcome, parcel.letter.kind, parcel.letter.attempts))
            for parcel, outcome in landed
        ]
        for letter, decided in verdicts:
            self._flights.land(letter.chat_id)
            self._heed(letter.chat_id, decided, elapsed)
        room = self._room(elapsed)

        def work(transaction: Transaction) -> ledger.Harvest:
            for letter, decided in verdicts:
                ledger.record(transaction, letter, decided, now)
            return ledger.take(transaction, room, now)

        if landed:
            failpoint("sent.before")
        harvest = await self._insist(work)
        for parcel in harvest.parcels:
            chat = parcel.letter.chat_id
            self._flights.start(chat, parcel.letter.kind, elapsed)
            self._pacing.count(
                chat,
                elapsed,
                new_message=isinstance(parcel.outgoing, SendText | SendDocument | SendChart),
            )
        if harvest.dropped:
            self.wake()
        return harvest.parcels

    def _heed(self, chat: int, decided: Verdict, elapsed: timedelta) -> None:
        if not isinstance(decided, Done):
            self._complaints.about(f"not sent: {decided.reason}", logging.WARNING)
        if isinstance(decided, Again):
            self._hold_back(chat, decided, elapsed)

    def _hold_back(self, chat: int, again: Again, elapsed: timedelta) -> None:
        until = elapsed + again.after + _ROUNDING
        if again.reason == TOO_FAST:
            self._pacing.refuse(chat, elapsed, until)
        else:
            self._pacing.pause(chat, until)

    def _room(self, elapsed: timedelta) -> Room:
        may_nudge = self._pacing.nudges_may_go(elapsed)
        return Room(
            slots=0 if self._finishing else self._pacing.slots(elapsed),
            replies=self._flights.room_for_replies(elapsed),
            nudges=self._flights.room_for_nudges() if may_nudge else 0,
            busy=self._pacing.must_wait(elapsed) | self._flights.chats,
        )

    async def _send(self, parcel: Parcel) -> None:
        failpoint("send.before")
        outcome = await self._channel.send(parcel.letter.chat_id, parcel.outgoing)
        failpoint("send.after")
        self._landed.append((parcel, outcome))
        self.wake()

    def _rest(self) -> timedelta:
        """Say how long to wait; not at all for a limit that ended during the last look."""
        ends = (self._pacing.opens_at(self._looked_at), self._flights.opens_at(self._looked_at))
        soonest = min((end for end in ends if end is not None), default=None)
        rest = self._look_every if soonest is None else soonest - self._clock.elapsed()
        return min(rest, self._look_every)

    async def _insist(self, work: Callable[[Transaction], T]) -> T:
        """Write, waiting for the database as long as it needs."""
        failures = 0
        while True:
            try:
                return await self._database.write(work)
            except DatabaseUnavailableError:
                await self._clock.wait(_PAUSE.after(failures))
                failures += 1
