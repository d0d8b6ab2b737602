"""Judging: a sample of what turns made is scored by a model too, beside the rules' scores.

It begins after the turn's transaction, from what is stored. Nobody waits for it and nothing
depends on it: what goes wrong is logged by its kind, and the text stays without a verdict.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape

from bot.clock import Clock
from bot.traces import Traces
from coach import judge, spans, tracing
from coach.judge import Exhibit, Judge
from coach.llm.budget import Mode
from coach.llm.caller import Caller, CallMade
from coach.llm.errors import ModelError
from coach.llm.service import ModelService
from coach.values import Scores
from storage import (
    evaluations,
    goals,
    ledger,
    messages,
    opik_outbox,
    pedigree,
    people,
    plans,
)
from storage.database import Database
from storage.ledger import Call
from storage.messages import Direction
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction

log = logging.getLogger(__name__)

SHARES = {SubjectKind.RESOLUTION: 0.10, SubjectKind.PLAN: 0.10, SubjectKind.REPLY: 0.04}
"""How much of what is made is judged."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A subject as the judge sees it, and the trace of the turn that made it."""

    subject: Subject
    exhibit: Exhibit
    trace_id: str | None


def is_sampled(subject: Subject) -> bool:
    """Tell whether a subject is judged; the same one always is, or never."""
    name = f"{subject.kind}:{subject.id}:{subject.version}"
    drawn = int.from_bytes(sha256(name.encode()).digest()[:8]) / 2**64
    return drawn < SHARES.get(subject.kind, 0)


class Judging:
    """Has a sample judged."""

    def __init__(
        self,
        database: Database,
        service: ModelService,
        clock: Clock,
        on_calls: Callable[[Sequence[Call]], None],
        traces: Traces | None = None,
    ) -> None:
        """Judge with *service*; *on_calls* hears what it was asked, once that is stored.

        What is judged goes to the trace of the turn that made it, as *traces* say.
        """
        self._on_calls = on_calls
        self._database = database
        self._service = service
        self._judge = Judge(service)
        self._clock = clock
        self._traces = traces

    async def consider(self, person: Person, turn_id: str) -> None:
        """Judge what a turn made for somebody, where the sample takes it; never fail.

        Not when most of the person's month is spent: the rest of it is for answers.
        """
        try:
            for shown in await self._database.read(lambda t: _sample(t, person, turn_id)):
                if await self._service.mode_for(person.public_id) is Mode.MODEL:
                    await self._judged(person, turn_id, shown)
        except Exception as error:  # whatever it was, it is not worth the bot
            log.warning("judging failed", extra={"turn": turn_id, "error": type(error).__name__})

    async def _judged(self, person: Person, turn_id: str, shown: Shown) -> None:
        calls: list[CallMade] = []
        trace = None
        if self._traces is not None and shown.trace_id is not None:
            trace = self._traces.more(shown.trace_id, person, self._clock)
        with tracing.recording(trace), tracing.span(shown.exhibit.step.name) as span:
            caller = Caller(person.public_id, calls.append)
            (scores,) = await self._judge.scores([shown.exhibit], caller)
            spans.judged(span, scores, calls[-1].prompt_version)
        origin = Origin(turn_id, self._clock.now(), shown.trace_id)
        entries = [ledger.of_model(call) for call in calls]

        def keep(transaction: Transaction) -> None:
            if people.named(transaction, person.public_id) is None:
                return  # erased meanwhile
            for call in entries:
                ledger.record(transaction, person, call, origin)
            if trace is not None:
                payload = trace.payload(with_root=False)
                opik_outbox.put_trace(transaction, person, trace.id, payload, origin.at)
            _keep(transaction, person, shown.subject, scores, origin)

        await self._database.write(keep)
        self._on_calls(entries)


def _keep(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    scores: Scores | ModelError,
    origin: Origin,
) -> None:
    about = {"turn": origin.turn_id, "subject": str(subject.kind)}
    if isinstance(scores, ModelError):
        log.info("no verdict", extra={**about, "error": scores.kind})
        return
    rules = evaluations.find(transaction, person, subject, evaluations.RULES)
    if rules is None:
        return  # deleted meanwhile
    evaluations.record(transaction, person, subject, scores, evaluations.JUDGE, origin)
    if judge.far_apart(rules.values, scores.values):
        log.info("rules and judge are far apart", extra=about)


def _sample(transaction: Transaction, person: Person, turn_id: str) -> list[Shown]:
    """Show what a turn made, was stored and is sampled."""
    found: list[Shown] = []
    for subject in filter(is_sampled, evaluations.of_turn(transaction, person, turn_id)):
        exhibit = _exhibit(transaction, person, subject, turn_id)
        made = pedigree.of(transaction, person.id, subject)
        if exhibit is not None:
            found.append(Shown(subject, exhibit, made.trace_id if made else None))
    return found


def _exhibit(
    transaction: Transaction, person: Person, subject: Subject, turn_id: str
) -> Exhibit | None:
    match subject.kind:
        case SubjectKind.RESOLUTION:
            agreed = goals.resolution(transaction, person, int(subject.id), subject.version)
            return agreed and judge.resolution(agreed.resolution, person.language)
        case SubjectKind.PLAN:
            kept = plans.at(transaction, person, int(subject.id), subject.version)
            return kept and judge.plan(kept.plan, person.language)
        case _:
            said = messages.of_turn(transaction, person, turn_id)
            return _reply(said, subject.id, person.language)


def _reply(said: Sequence[messages.Message], key: str, language: str) -> Exhibit | None:
    """Show a reply with what it answers; None where one of them may not be stored."""
    heard = [message.text for message in said if message.direction is Direction.IN]
    ours = [unescape(message.text) for message in said if message.key == key]
    return judge.reply(ours[0], heard[0], language) if ours and heard else None
