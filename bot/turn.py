"""A turn: one item of the inbox, from what was said to one transaction that ends it.

The journey decides, the coach and the store answer outside any transaction, and then
conversation, rows, letters and "item done" are written together. A crash anywhere before
that commit repeats the turn from the same conversation; after it, nothing is repeated.
"""

import asyncio
from collections import OrderedDict
from dataclasses import replace

from bot import hearing, joining, taps, traces
from bot.attempts import Attempt, Attempts
from bot.channel import Channel
from bot.check_ins import arrivals
from bot.claiming import Claimed
from bot.clock import Clock
from bot.deciding import Decider, Scene, coach_for
from bot.ending import Decided, Ending, codec
from bot.journey import unexpected
from bot.journey.conversation import Care, Conversation, Stage
from bot.journey.effects import Hold
from bot.journey.events import (
    Command,
    Criticised,
    Edited,
    Event,
    OccasionTapped,
    Pressed,
    Said,
    Starred,
    SubjectTapped,
    Unknown,
)
from bot.journey.keeps import KeepLanguage
from bot.journey.wording import may_ask_model
from bot.telegram import inbound
from bot.telegram.inbound import Incoming
from bot.texts import nearest
from bot.traces import Traces
from bot.worker import MOST_ATTEMPTS
from coach import tracing
from coach.coach import Coach
from coach.experiments import Experiment
from coach.ids import uuid7
from coach.tracing import Trace
from storage import turned_away
from storage.conversations import Standing
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.failpoints import failpoint
from storage.inbox import Item
from storage.leases import LeaseLostError
from storage.origin import Origin

MOST_HELD = 1_000
"""Goals typed before consent that are held in memory; the oldest goes first."""


class Turns:
    """Takes turns; one of these serves everybody."""

    def __init__(
        self,
        database: Database,
        coach: Coach,
        clock: Clock,
        channel: Channel,
        traces: Traces | None = None,
        on_trial: tuple[Experiment, ...] = (),
    ) -> None:
        """Serve *channel*; turns are traced as *traces* say, or not at all."""
        self._database = database
        self._coach = coach
        self._clock = clock
        self._traces = traces
        self._username = channel.username
        self._attempts = Attempts(database, clock)
        self._decider = Decider(database, coach, clock, channel, on_trial)
        self._drafts = channel.drafts
        self._commit = channel.commit
        self._on_language = channel.on_language
        self._on_made = channel.on_made
        self._on_ended = channel.on_ended
        self._office = channel.office
        self._held: OrderedDict[int, str] = OrderedDict()

    async def take(self, claimed: Claimed) -> None:
        """Take one item to its end; an error leaves it for another attempt, and a record of this.

        DatabaseUnavailableError counts for no attempt, nor does LeaseLostError.
        """
        item = claimed.item
        origin = Origin(uuid7(item.received_at), item.received_at)
        read = self._read(item, origin)
        attempt = Attempt(item, origin)
        try:
            await self._take(attempt, read, claimed)
        except (DatabaseUnavailableError, LeaseLostError):
            raise
        except asyncio.CancelledError:
            await self._attempts.cut_short(attempt)
            raise
        except Exception as error:
            await self._attempts.failed(attempt, error, last=item.attempts >= MOST_ATTEMPTS)
            raise

    def _read(self, item: Item, origin: Origin) -> Incoming:
        if item.source == arrivals.SOURCE:
            return arrivals.read(item, origin.turn_id)
        return inbound.read(item.body, origin.at, origin.turn_id, self._username)

    async def given_up(self, item: Item, reason: str) -> None:
        """Keep in the record that an item was given up whose attempts could not tell it."""
        await self._attempts.given_up(item, reason)

    async def _take(self, attempt: Attempt, read: Incoming, claimed: Claimed) -> None:
        if claimed.broken is not None:
            raise claimed.broken
        item, standing = claimed.item, claimed.standing
        joined = await joining.join(item, read, self._database, self._clock)
        before = await self._conversation(item, standing, joined.incoming)
        trace = self._trace(attempt, standing, before)
        with tracing.recording(trace):
            event, decided = await self._decided(attempt, joined.incoming, before, standing)
        origin = attempt.origin
        if trace is not None and traces.is_worth_keeping(
            trace, decided.conversation, decided.effects
        ):
            origin = replace(origin, trace_id=trace.id)
        ending = Ending(
            item,
            joined.incoming,
            standing,
            event,
            decided,
            origin,
            before=before,
            joined=joined.items,
            took=self._clock.now() - item.received_at,
            trace=trace,
        )
        failpoint("commit.before")
        await self._commit(ending.write, ending.answers)
        failpoint("commit.after")
        await self._ended(ending)

    def _trace(
        self, attempt: Attempt, standing: Standing | None, before: Conversation
    ) -> Trace | None:
        """Begin a trace where Opik is on; a failure is told only of who had agreed before."""
        if standing is None:
            return None
        attempt.person = standing.person
        if self._traces is None:
            return None
        trace = self._traces.begin(attempt.origin, standing.person, self._clock)
        attempt.trace = trace if traces.may_be_kept(before) else None
        return trace

    async def _decided(
        self,
        attempt: Attempt,
        incoming: Incoming,
        conversation: Conversation,
        standing: Standing | None,
    ) -> tuple[Event | None, Decided]:
        event = await self._event(incoming, conversation, standing)
        if isinstance(event, Edited):
            conversation, event = unexpected.reconsidered(conversation, event)
        if event is None:
            return None, Decided(conversation, ())
        item = attempt.item
        drafts = self._drafts(item.chat_id, item.id)
        try:
            scene = Scene(conversation, event, standing, incoming, drafts, attempt.calls)
            return await self._decider.decide(scene)
        finally:
            drafts.end()

    async def _ended(self, ending: Ending) -> None:
        """Do what follows the commit."""
        self._on_ended(ending)
        standing, decided, chat_id = ending.standing, ending.decided, ending.item.chat_id
        if standing is not None and may_ask_model(decided.conversation):
            self._on_made(standing.person, ending.origin.turn_id)
        self._carry_out(chat_id, decided)
        if ending.turns_away:
            await self._office.leave_no_copy(chat_id)
        if ending.erasing is not None:
            failpoint("delete.after")
            self._hold(chat_id, "")
            message, language = ending.erasing.message, ending.before.language
            await self._office.close_file(chat_id, message, language)

    async def _conversation(
        self, item: Item, standing: Standing | None, incoming: Incoming
    ) -> Conversation:
        if standing is not None:
            stored = codec().validate_json(standing.draft)
            preferences, house = standing.person.preferences, self._office.disclosure
            return replace(stored, preferences=preferences, disclosure=house)
        language = nearest(incoming.language_code)
        told = await self._database.read(
            lambda t: turned_away.told_at(t, item.chat_id, item.received_at)
        )
        if told is None:
            return Conversation(language=language, disclosure=self._office.disclosure)
        return Conversation(Stage.ADULT_ONLY, language=language, care=Care(told=told))

    async def _event(
        self, incoming: Incoming, conversation: Conversation, standing: Standing | None
    ) -> Event | None:
        """Complete the event with what only we know: danger, a held goal, whose stars."""
        event, coach = incoming.event, coach_for(self._coach, conversation)
        match event:
            case Said():
                said = hearing.hear(coach, event, conversation.language)
                if said.safety.danger not in unexpected.HARMLESS:
                    return said
                return hearing.wish_about_data(coach, said, conversation.language) or said
            case Command():
                said = Said(event.at, event.turn, event.argument)
                heard = hearing.hear(coach, said, conversation.language)
                if heard.safety.danger not in unexpected.HARMLESS:
                    return heard
                return self._office.addressed(event, incoming.user_id)
            case Edited(said=said):
                return replace(event, said=hearing.hear(coach, said, conversation.language))
            case Pressed() if conversation.stage is Stage.CONSENT:
                return replace(event, held=self._held.get(incoming.chat_id, ""))
            case Starred() | Criticised() | OccasionTapped() | SubjectTapped():
                theirs = standing and await self._database.read(
                    lambda t: taps.complete(t, standing.person, event)
                )
                return theirs or Unknown(event.at, event.turn)
            case _:
                return event

    def _carry_out(self, chat_id: int, decided: Decided) -> None:
        """Do what is neither said nor stored."""
        for effect in decided.effects:
            if isinstance(effect, KeepLanguage):
                self._on_language(chat_id, effect.language)
            if isinstance(effect, Hold) and not (effect.if_none and chat_id in self._held):
                self._hold(chat_id, effect.text)

    def _hold(self, chat_id: int, text: str) -> None:
        self._held.pop(chat_id, None)
        if text:
            self._held[chat_id] = text
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
