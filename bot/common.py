"""What every role has: the parts that a process builds of its options, whatever it does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.metadata import version
from urllib.parse import urlsplit

from bot.access import Access, Claim
from bot.background import Background
from bot.budget import StoredBudget
from bot.clock import Clock
from bot.complaints import Complaints
from bot.drafts import Drafts
from bot.guest_book import StoredGuests
from bot.journey.house import Disclosure
from bot.opik import Opik
from bot.options import Options
from bot.stops import Stops
from bot.tally import Tally
from bot.telegram.connect import Connection
from bot.telegram.listen import Listener
from bot.telegram.outbound import Outbound
from bot.traces import Traces
from bot.vitals import Monitor
from coach.llm.caller import CallMade
from coach.llm.errors import FAULTS
from coach.llm.service import ModelService
from coach.llm.timing import Timing
from storage.database import Database

log = logging.getLogger(__name__)

FIRST_ANSWERS = timedelta(seconds=1)
"""How long a start leaves the interpreter to them, before work that they need not wait for."""


@dataclass(frozen=True, slots=True)
class Common:
    """What every part may need; one serves a process."""

    options: Options
    database: Database
    background: Background
    connection: Connection
    outbound: Outbound
    guests: StoredGuests
    access: Access
    service: ModelService | None
    traces: Traces | None
    disclosure: Disclosure
    stops: Stops = field(default_factory=Stops)
    tally: Tally = field(default_factory=Tally)

    def drafts(self, chat_id: int, draft_id: int) -> Drafts:
        """Begin the drafts of a reply."""
        return Drafts(self.outbound, self.options.clock, self.background, chat_id, draft_id)

    def monitor(self, listener: Listener | None) -> Monitor:
        """Watch what is well; *listener* tells when Telegram last answered."""
        service, clock = self.service, self.options.clock
        return Monitor(
            self.database,
            clock,
            self.options.caps,
            clock.elapsed(),
            heard_at=(lambda: listener.heard_at) if listener else None,
            breaker=(lambda: service.breaker) if service else None,
        )


async def gather(
    options: Options,
    database: Database,
    background: Background,
    connection: Connection,
    outbound: Outbound,
    *,
    alone: bool,
) -> Common:
    """Build what every role has; *alone*: no other process lets people in."""
    guests = StoredGuests(database, options.clock)
    return Common(
        options,
        database,
        background,
        connection,
        outbound,
        guests,
        await _access(options, guests, alone=alone),
        _service(options, database),
        _traces(options.opik),
        _disclosed(options),
    )


def _traces(opik: Opik | None) -> Traces | None:
    return None if opik is None else Traces(opik.words, version("rein"))


def _service(options: Options, database: Database) -> ModelService | None:
    """Put the limits of these options around the model, if there is one."""
    if options.model is None:
        return None
    budget = StoredBudget(database, options.clock, options.caps)
    timing = Timing(elapsed=options.clock.elapsed)
    return ModelService(
        options.model, options.deadlines, budget, options.judge, timing, _complaining(options.clock)
    )


def _complaining(clock: Clock) -> Callable[[CallMade], None]:
    """Make what tells the log how the model fails."""
    complaints = Complaints(log, clock)

    def told(made: CallMade) -> None:
        if made.error in FAULTS:
            complaints.about(f"the model failed: {made.error}", logging.WARNING)

    return told


def _disclosed(options: Options) -> Disclosure:
    """Name a model and a place for traces only where there is one, by its own name if need be."""
    told, model, opik = options.disclosure, options.model, options.opik
    where = (told.tracing or urlsplit(opik.url).hostname or "") if opik else ""
    return replace(
        told,
        provider=(told.provider or model.name) if model else "",
        tracing=where,
        traces_words=opik is not None and opik.words,
    )


async def _access(options: Options, guests: StoredGuests, *, alone: bool) -> Access:
    """Decide who may come in; with nobody named, whoever knows the printed code owns the bot."""
    access = Access(options.clock, options.public, options.allowed, options.admins)
    access.among_others = not alone
    await guests.read(access)
    if not (options.public or options.allowed or options.admins or access.owner):
        access.claim = Claim(options.clock)
        options.on_claim_code(access.claim.code)
    return access
