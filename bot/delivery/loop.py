"""The delivery loop: one commit records what was sent and takes what is next.

`sending` is committed before a call and its result after it. A kill in between leaves
what was in flight in doubt, and nothing else. Where there is room, the commit that puts an
answer into the outbox takes it as well.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.background import Background
from bot.backoff import Backoff
from bot.clock import Clock
from bot.complaints import Complaints
from bot.delivery import ledger, verdict
from bot.delivery.flights import Flights
from bot.delivery.ledger import Parcel, Room, Verdicts
from bot.delivery.outcome import Channel, Outcome
from bot.delivery.pacing import Limits, Pacing
from bot.delivery.verdict import TOO_FAST, Again, Done, Verdict
from bot.outgoing import SendChart, SendDocument, SendText
from storage import outbox_care
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.outbox import Kind
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
        self._waits = True  # something may wait that no landing call will find
        self._looking = False
        self._in_doubt = True  # a commit may have taken what nobody sends; the last run's, at first
        self._woken = asyncio.Event()
        self._finishing = False
        self._finished = asyncio.Event()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._waits = True
        self._woken.set()

    async def write(
        self, work: Callable[[Transaction], object], answers: int | None = None
    ) -> None:
        """Do *work* in a transaction, as `Database.write` does, and send what it puts.

        If it answers a chat, *answers*, and the answer may go at once, the same commit takes it.
        """
        now, elapsed = self._clock.now(), self._clock.elapsed()
        if answers is None or not self._may_answer(answers, elapsed):
            await self._database.write(work)
            self.wake()
            return
        self._flights.start(answers, Kind.REPLY, elapsed)
        self._pacing.count(elapsed)

        def work_and_take(transaction: Transaction) -> ledger.Harvest:
            work(transaction)
            return ledger.take_answer(transaction, answers, now)

        harvest = ledger.Harvest([], more=False)
        try:
            harvest = await self._database.write(work_and_take)
        except DatabaseUnavailableError:
            self._doubt()
            raise
        finally:
            if not harvest.parcels:
                self._flights.land(answers)
                self._woken.set()  # whoever waits for an end of all flights
        for parcel in harvest.parcels:
            self._begin(parcel, elapsed)
        if harvest.more:
            self.wake()

    def _may_answer(self, chat: int, elapsed: timedelta) -> bool:
        """Tell whether a reply may start now, that no look into the outbox has room for too."""
        room = self._room(elapsed)
        return not self._looking and chat not in room.busy and min(room.slots, room.replies) > 0

    async def run(self) -> None:
        """Deliver until `finish`, beginning with what the last run left in doubt."""
        while not self._finishing or self._flights:
            self._woken.clear()
            if self._in_doubt:
                await self._recover()
            await self._record_and_take()
            if self._flights or not self._finishing:
                await self._clock.wait(self._look_at() - self._clock.elapsed(), self._woken)
        self._finished.set()

    async def finish(self, within: timedelta) -> None:
        """Take nothing more, and let what is in flight land, if it does so in time."""
        self._finishing = True
        self.wake()
        await self._clock.wait(within, self._finished)

    async def _recover(self) -> None:
        """Send what a commit may have taken that nobody heard of, but what flies meanwhile."""
        flying = tuple(self._flights.chats)
        self._in_doubt, self._waits = bool(flying), True
        await self._insist(lambda t: outbox_care.recover(t, self._clock.now(), flying))

    async def _record_and_take(self) -> None:
        """Record what has landed, and look for what is next where something may wait."""
        now, elapsed = self._clock.now(), self._clock.elapsed()
        verdicts = self._land(elapsed)
        if self._waits or elapsed >= self._look_at():
            await self._look(verdicts, now, elapsed)
        elif verdicts and await self._insist(
            lambda transaction: ledger.record_and_look_behind(transaction, verdicts, now)
        ):
            self.wake()

    async def _look(self, verdicts: Verdicts, now: datetime, elapsed: timedelta) -> None:
        room = self._room(elapsed)

        def work(transaction: Transaction) -> ledger.Harvest:
            ledger.record(transaction, verdicts, now)
            return ledger.take(transaction, room, now)

        self._looking, self._looked_at, self._waits = True, elapsed, False
        try:
            harvest = await self._insist(work)
        finally:
            self._looking = False
        for parcel in harvest.parcels:
            self._flights.start(parcel.letter.chat_id, parcel.letter.kind, elapsed)
            self._pacing.count(elapsed)
            self._begin(parcel, elapsed)
        self._waits = self._waits or harvest.more
        if harvest.dropped:
            self.wake()

    def _land(self, elapsed: timedelta) -> Verdicts:
        """Decide about what has landed."""
        landed, self._landed = self._landed, []
        verdicts = [
            (parcel.letter, verdict.on(outcome, parcel.letter.kind, parcel.letter.attempts))
            for parcel, outcome in landed
        ]
        for letter, decided in verdicts:
            self._flights.land(letter.chat_id)
            self._heed(letter.chat_id, decided, elapsed)
        if verdicts:
            failpoint("sent.before")
        return verdicts

    def _begin(self, parcel: Parcel, elapsed: timedelta) -> None:
        if isinstance(parcel.outgoing, SendText | SendDocument | SendChart):
            self._pacing.count_message(parcel.letter.chat_id, elapsed)
        self._background.start("send", self._send(parcel))

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
        self._woken.set()

    def _look_at(self) -> timedelta:
        """Say when to look again; at once for a limit that ended during the last look."""
        ends = [self._pacing.chats_open_at(self._looked_at)]
        if self._waits:
            ends.append(self._pacing.opens_at(self._looked_at))
            ends.append(self._flights.opens_at(self._looked_at))
        known = [end for end in ends if end is not None]
        return min([*known, self._looked_at + self._look_every])

    def _doubt(self) -> None:
        self._in_doubt = True
        self.wake()

    async def _insist(self, work: Callable[[Transaction], T]) -> T:
        """Write, waiting for the database as long as it needs."""
        failures = 0
        while True:
            try:
                return await self._database.write(work)
            except DatabaseUnavailableError:
                self._doubt()
                await self._clock.wait(_PAUSE.after(failures))
                failures += 1
