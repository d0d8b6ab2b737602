"""The end of a turn: everything it came to, written in one transaction."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from pydantic import TypeAdapter

from bot import keeping, traces
from bot.check_ins import settling
from bot.check_ins.kinds import Kind
from bot.journey.conversation import SAFETY, Conversation, Stage, behind
from bot.journey.effects import Effect, Erase, Say, TurnAway
from bot.journey.events import Due, Event, Said
from bot.journey.keeps import KeepAnswer
from bot.journey.unexpected import HARMLESS
from bot.outgoing import dump
from bot.saying import Saying
from bot.telegram.inbound import Incoming
from bot.texts.render import Rendering, Shown
from coach.experiments import split
from coach.tracing import Trace
from storage import (
    conversations,
    experiments,
    inactivity,
    inbox,
    ledger,
    messages,
    nudges,
    opik_outbox,
    outbox,
    people,
    turned_away,
    turns,
)
from storage.conversations import Standing
from storage.inbox import Item
from storage.leases import LeaseLostError
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction
from storage.turns import Outcome, Turn

ASKS_FOR_AN_ANSWER = {Kind.SESSION, Kind.REMINDER}
"""Nudges that only word of a session answers; any sign of life answers the others."""

HEARD_EVERY = timedelta(days=1)
"""How exactly it is known when somebody was last heard."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a turn came to, ready to be written."""

    conversation: Conversation
    effects: tuple[Effect, ...]
    calls: tuple[ledger.Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Everything that a turn's one transaction writes."""

    item: Item
    incoming: Incoming
    standing: Standing | None
    event: Event | None
    decided: Decided
    origin: Origin
    before: Conversation
    joined: tuple[int, ...] = ()  # items whose words are part of this one's
    took: timedelta = timedelta()  # since the item arrived
    trace: Trace | None = None

    def write(self, transaction: Transaction) -> None:
        """Write conversation, kept rows, letters and "item done", all or nothing.

        LeaseLostError: another worker has the item by now, or it was given up.
        """
        item, at = self.item, self.origin.at
        if not inbox.done(transaction, item.id, at, item.worker):
            if item.worker is not None:
                raise LeaseLostError(item.id)
            return  # it was given up meanwhile: somebody erased whose it was
        for joined in self.joined:
            inbox.done(transaction, joined, at)
        self._note_reach(transaction)
        if self.event is None or self._comes_to_nothing:
            return
        if self.erasing is not None:
            if self.standing is not None:
                people.erase(transaction, self.standing.person, self.origin.at)
        elif self.decided.conversation.stage is Stage.ADULT_ONLY:
            self._turn_away(transaction)
        else:
            self._write_turn(transaction, self.event)

    def _write_turn(self, transaction: Transaction, event: Event) -> None:
        person = self._save(transaction)
        kept = keeping.keep(transaction, person, self.decided.effects, self.origin)
        for call in self.decided.calls:
            ledger.record(transaction, person, call, self.origin)
        experiments.assign(transaction, person, self._variants, self.origin.at)
        if isinstance(event, Said) and self._may_be_kept(event):
            key = f"{self.item.source}:{self.item.key}"
            heard = Message(key, Direction.IN, event.text)
            messages.keep(transaction, person, heard, self.origin)
        said = Saying(self.item, self.decided.conversation, self.decided.effects, self.origin)
        shown = said.write(transaction, person, kept, private=self._private)
        if self.trace is not None:
            traces.shown(self.trace, shown)
        self._enter(transaction, person, event)
        if settling.is_moved(self.decided.effects):
            settling.settle(transaction, self.item.chat_id, self.origin.at)

    @property
    def answers(self) -> int | None:
        """The chat that has written and is answered, if there is an answer."""
        asked = self.item.source == inbox.TELEGRAM
        said = any(isinstance(effect, Shown) for effect in self.decided.effects)
        return self.item.chat_id if asked and said else None

    @property
    def _comes_to_nothing(self) -> bool:
        """Whether a check-in was due and there was nothing to say: then nothing happened."""
        return isinstance(self.event, Due) and not self.decided.effects

    @property
    def erasing(self) -> Erase | None:
        """The wish of this turn that everything be erased, if it is one."""
        return next((e for e in self.decided.effects if isinstance(e, Erase)), None)

    @property
    def turns_away(self) -> bool:
        """Whether everything of somebody under age is erased in this turn."""
        return any(isinstance(effect, TurnAway) for effect in self.decided.effects)

    @property
    def _private(self) -> bool:
        """Whether neither what was said in this turn nor the answer may be stored."""
        before = behind(self.before)
        told = isinstance(self.event, Said) and self.event.safety.danger not in HARMLESS
        return told or bool(SAFETY & {before, behind(self.decided.conversation)})

    @property
    def _variants(self) -> dict[str, str]:
        """The variants of prompts that somebody met in this turn, by experiment."""
        return dict(split(call.variant) for call in self.decided.calls if call.variant)

    def _may_be_kept(self, said: Said) -> bool:
        """Tell whether words may be stored: after consent, and nothing around danger."""
        agreed = self.decided.conversation.stage is not Stage.CONSENT
        return agreed and bool(said.text) and not self._private

    def _enter(self, transaction: Transaction, person: Person, event: Event) -> None:
        """Enter the turn in the record, and its trace among what Opik is to have."""
        tracing, trace = None, self.trace
        if trace is not None and self.origin.trace_id is not None:
            private = self._private or not traces.may_hold_words(self.before)
            with trace.timed():
                after = self.decided.conversation
                traces.describe(trace, event, self.before, after, private=private)
                trace.root.note(outcome=Outcome.ANSWERED, variants=self._variants or None)
                payload = trace.payload(private=private)
                opik_outbox.put_trace(transaction, person, trace.id, payload, self.origin.at)
            tracing = trace.spent
        turn = Turn(self.item.source, Outcome.ANSWERED, self.took, tracing=tracing)
        turns.record(transaction, person, turn, self.origin)

    def _turn_away(self, transaction: Transaction) -> None:
        """Keep nobody who is under age, and still say what is to be said."""
        now, conversation = self.origin.at, self.decided.conversation
        if self.standing is not None:
            people.erase(transaction, self.standing.person, now)
        if self.turns_away:
            turned_away.note(transaction, self.item.chat_id, now)
        rendering = Rendering(conversation.language, conversation.prompt, {}, "")
        said = (effect for effect in self.decided.effects if isinstance(effect, Say))
        letters = [
            outbox.Letter(
                f"{self.item.source}:{self.item.key}:{place}",
                self.item.chat_id,
                outbox.Kind.REPLY,
                dump(rendering.render(effect)),
            )
            for place, effect in enumerate(said)
        ]
        outbox.put(transaction, letters, now)

    def _note_reach(self, transaction: Transaction) -> None:
        known, now_reachable = self.standing, self.incoming.reachable
        if known is None or self.item.source != inbox.TELEGRAM:
            return
        if known.person.reachable != now_reachable:
            people.set_reachable(transaction, self.item.chat_id, reachable=now_reachable)
            settling.settle(transaction, self.item.chat_id, self.origin.at)
        if self.event is None:
            return
        if self._is_news_of(known.person):
            inactivity.heard(transaction, known.person, self.origin.at)
        told = any(isinstance(effect, KeepAnswer) for effect in self.decided.effects)
        kinds = Kind if told else set(Kind) - ASKS_FOR_AN_ANSWER
        nudges.answered(transaction, known.person, kinds, self.origin.at)

    def _is_news_of(self, person: Person) -> bool:
        """Tell whether it is worth a write that somebody was heard: once a day is enough."""
        return person.heard_at is None or self.origin.at - person.heard_at >= HEARD_EVERY

    def _save(self, transaction: Transaction) -> Person:
        conversation, now = self.decided.conversation, self.origin.at
        draft = codec().dump_json(conversation, exclude=LIVES_ELSEWHERE)
        if self.standing is not None:
            conversations.save(transaction, self.standing, conversation.stage, draft, now)
            return self.standing.person
        person = people.create(transaction, self.item.chat_id, conversation.language, now)
        conversations.begin(transaction, person, conversation.stage, draft, now)
        return person


LIVES_ELSEWHERE = {"preferences", "disclosure"}
"""What a conversation brings along from the person's row and the house, not stored with it."""


@cache
def codec() -> TypeAdapter[Conversation]:
    """Return what reads and writes a stored conversation."""
    return TypeAdapter(Conversation)
