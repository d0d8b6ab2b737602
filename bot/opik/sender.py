"""The sender: takes what waits in the outbox to Opik, in its order, until it is accepted.

A row leaves the outbox only after Opik has said yes. While Opik is down, hanging or
turning us away, everything stays where it is. A batch that is refused is halved down to
the row at fault, which is given up and counted.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.background import Background
from bot.backoff import Backoff
from bot.clock import Clock
from bot.complaints import Complaints
from bot.opik import Opik, prompt_library
from bot.opik.rows import SENT
from bot.opik.wire import OutageError, RefusedError, Wire
from coach.experiments import Experiment
from storage import opik_outbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.opik_outbox import Entry
from storage.transaction import Transaction

if TYPE_CHECKING:
    from opik.rest_api.client import OpikApi

log = logging.getLogger(__name__)

PAGE = 200
"""Rows read at once; Opik takes 1,000 traces or spans in a call."""

PAUSE = timedelta(seconds=1)
"""How long the outbox is left alone when it was empty, so that turns share a call."""

BACKOFF = Backoff(timedelta(seconds=1), timedelta(minutes=1))


@dataclass
class _Page:
    """What became of the rows of one page so far."""

    taken: list[int] = field(default_factory=list[int])
    refused: dict[int, str] = field(default_factory=dict[int, str])


def start(
    opik: Opik | None,
    database: Database,
    clock: Clock,
    background: Background,
    experiments: Iterable[Experiment] = (),
) -> None:
    """Bring Opik what waits for it, and our prompts, until the bot stops; without one, nothing."""
    if opik is None:
        return
    wire = Wire(opik)
    prompts = prompt_library.register(wire, clock, prompt_library.ours(experiments))
    background.start("opik", Sender(database, wire, clock).run())
    background.start("opik prompts", prompts)


class Sender:
    """Sends what waits; one of these serves an outbox."""

    def __init__(self, database: Database, wire: Wire, clock: Clock) -> None:
        self._database = database
        self._wire = wire
        self._clock = clock
        self._complaints = Complaints(log, clock)
        self._failing = False

    async def run(self) -> None:
        """Send for ever. Opik's troubles end nothing here, and lose nothing."""
        try:
            await self._run()
        finally:
            self.close()

    def close(self) -> None:
        """Let go of Opik; whatever is under way is left behind."""
        self._wire.close()

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                more = await self.send_page()
            except (OutageError, DatabaseUnavailableError) as error:
                self._note(str(error) if isinstance(error, OutageError) else "database")
                wait = BACKOFF.after(failures)
                failures += 1
            else:
                self._note("")
                wait = timedelta() if more else PAUSE
                failures = 0
            await self._clock.wait(wait)

    async def send_page(self) -> bool:
        """Send what waits longest; tell whether more may be waiting."""
        entries = await self._database.read(lambda t: opik_outbox.waiting(t, PAGE))
        page = _Page()
        try:
            for kind in SENT:
                await self._send([entry for entry in entries if entry.kind is kind], page)
        except OutageError:
            await self._settle(page)
            raise
        if page.refused and not page.taken:
            # Nothing proves that the rows are at fault, and not the project or the workspace.
            raise OutageError(f"everything refused: {next(iter(page.refused.values()))}")
        await self._settle(page)
        return len(entries) == PAGE

    async def _send(self, entries: Sequence[Entry], page: _Page) -> None:
        """Send rows of one kind in one call, or in halves when something in them is refused."""
        if not entries:
            return
        send = SENT[entries[0].kind]

        def work(api: "OpikApi") -> None:
            send(api, self._wire.project, entries)

        try:
            failpoint("opik.before")
            await self._wire.call(work)
            failpoint("opik.after")
        except RefusedError as refusal:
            if len(entries) == 1:
                page.refused[entries[0].id] = str(refusal)
                return
            middle = len(entries) // 2
            await self._send(entries[:middle], page)
            await self._send(entries[middle:], page)
        else:
            page.taken += [entry.id for entry in entries]

    async def _settle(self, page: _Page) -> None:
        """Forget what Opik has; give up what it refused beside something that it took."""
        if not page.taken:
            return
        for reason in page.refused.values():
            log.error("Opik refused a row", extra={"reason": reason})

        def settle(transaction: Transaction) -> None:
            opik_outbox.accepted(transaction, page.taken)
            for row, reason in page.refused.items():
                opik_outbox.refused(transaction, row, reason)

        await self._database.write(settle)

    def _note(self, trouble: str) -> None:
        """Log trouble by its kind, once a minute at most, and each time that it is over."""
        if trouble:
            self._complaints.about(f"Opik cannot be told: {trouble}", logging.WARNING)
        elif self._failing:
            log.info("Opik can be told again")
        self._failing = bool(trouble)
