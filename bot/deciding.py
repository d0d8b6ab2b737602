"""What a turn comes to: the journey advances, what it asks is answered, until nothing is asked.

While a text that the rules find harmless or unclear is decided about, a model looks for
danger in it too. Nothing of an answer is shown before its verdict; a verdict that differs
throws the decision away, which costs nothing but time: to decide has no effects.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.answers import Answers
from bot.background import beside
from bot.channel import Channel
from bot.clock import Clock
from bot.coaching import Coaching
from bot.drafts import Drafts
from bot.ending import Decided
from bot.journey import machine, second_look
from bot.journey.asks import (
    Ask,
    AskPlan,
    AskReading,
    AskReply,
    AskResolution,
    AskReview,
    AskRewrite,
)
from bot.journey.conversation import Conversation
from bot.journey.effects import Effect, Toast
from bot.journey.events import Due, Event, Said
from bot.journey.wording import may_ask_model
from bot.lookup import Lookup
from bot.telegram.inbound import Incoming
from bot.texts.render import Rendering
from coach.coach import Coach
from coach.experiments import Experiment, prompts_of
from coach.llm.caller import Caller
from coach.llm.errors import BlockedError
from coach.llm.prompts import Prompt
from coach.steps.coaching_reply import Watch
from coach.values import MODEL, Danger, Safety
from storage import experiments, ledger
from storage.conversations import Standing
from storage.database import Database
from storage.ledger import Call
from storage.people import Person

WORDED = (AskReading, AskResolution, AskPlan, AskReply, AskRewrite, AskReview)
"""What a model may have a part in."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a turn begins: where somebody stands, what happened, and what is seen of the turn.

    *calls* takes what the coach did until now, however the turn ends.
    """

    conversation: Conversation
    event: Event
    standing: Standing | None
    incoming: Incoming
    drafts: Drafts
    calls: list[Call]


def coach_for(coach: Coach, conversation: Conversation) -> Coach:
    """Return the coach; by rules alone where the model may not be asked for this person."""
    return coach if may_ask_model(conversation) else coach.by_rules


class Decider:
    """Decides turns; one of these serves everybody."""

    def __init__(
        self,
        database: Database,
        coach: Coach,
        clock: Clock,
        channel: Channel,
        experiments: tuple[Experiment, ...] = (),
    ) -> None:
        self._database = database
        self._coach = coach
        self._experiments = experiments
        self._clock = clock
        self._office = channel.office
        self._taps = channel.taps
        self._stops = channel.stops

    async def decide(self, scene: Scene) -> tuple[Event, Decided]:
        """Decide; the event comes back as it was understood in the end."""
        coaching, said = await self._coaching(scene), scene.event
        if not isinstance(said, Said) or not second_look.is_due(scene.conversation, said):
            scene.drafts.clear()
            return said, await self._advance(scene, coaching)
        coaching.begin()
        look = coaching.coach.triage_further(
            said.text,
            said.safety,
            language=scene.conversation.language,
            caller=coaching.caller,
        )
        async with beside(look) as looking, beside(self._advance(scene, coaching)) as decision:
            safety = await looking
            if safety == said.safety:
                scene.drafts.clear()
                with suppress(BlockedError):
                    decided = await decision
                    return said, replace(decided, calls=tuple(coaching.calls))  # with this look
                safety = coaching.coach.triage_blocked(said.safety)
        met = replace(said, safety=safety)
        return met, await self._decide_again(replace(scene, event=met), coaching, safety)

    async def _decide_again(self, scene: Scene, coaching: Coaching, safety: Safety) -> Decided:
        """Decide by another verdict; what the model was asked until now is in the ledger still."""
        asked = [call for call in coaching.calls if call.mode == MODEL]
        coaching.calls[:] = asked
        if safety.danger in {Danger.NONE, Danger.CAUTION}:
            scene.drafts.clear()
        else:
            coaching = replace(coaching, coach=self._coach.by_rules)
        return await self._advance(scene, coaching)

    async def _coaching(self, scene: Scene) -> Coaching:
        coach = coach_for(self._coach, scene.conversation)
        person = scene.standing.person if scene.standing else None
        on_trial = await self._on_trial(person) if person and coach.has_model else {}
        key = person.public_id if person else ""
        calls, drafts = scene.calls, scene.drafts
        return Coaching(
            coach,
            Caller(key, lambda made: calls.append(ledger.of_model(made)), on_trial),
            calls,
            drafts.begin,
            Watch(drafts.show, lambda: self._stops.stoppable(drafts.chat_id, drafts.draft_id)),
        )

    async def _on_trial(self, person: Person) -> dict[str, Prompt]:
        """Look up which prompts somebody has in experiments; a stop counts from this turn on."""
        if not self._experiments:
            return {}
        assigned, stopped = await self._database.read(
            lambda t: (experiments.of(t, person), experiments.stops(t))
        )
        return prompts_of(self._experiments, person.public_id, assigned, stopped)

    async def _advance(self, scene: Scene, coaching: Coaching) -> Decided:
        """Advance, answer what is asked, and go on until nothing is."""
        event, standing, incoming = scene.event, scene.standing, scene.incoming
        person = standing.person if standing else None
        answers = Answers(
            coaching,
            self._clock,
            Lookup(self._database, standing),
            lambda ask, event: self._office.answer(ask, person, incoming.user_id, event),
        )
        step = machine.advance(scene.conversation, event)
        if incoming.callback_query_id:
            language = scene.conversation.language
            self._answer_tap(incoming.callback_query_id, step.effects, language)
        effects, asks = _parted(step.effects)
        while asks:
            ask = asks.pop(0)
            if isinstance(ask, WORDED):
                coaching.begin()
            answer = await answers.answer(ask, step.conversation, event)
            step = machine.advance(step.conversation, answer)
            more, asked = _parted(step.effects)
            effects, asks = [*effects, *more], [*asked, *asks]
        after = step.conversation
        if isinstance(event, Due):  # the person has not been here
            after = replace(after, touched=scene.conversation.touched)
        return Decided(after, tuple(effects), tuple(coaching.calls))

    def _answer_tap(self, query: str, effects: tuple[Effect, ...], language: str) -> None:
        toast = next((effect for effect in effects if isinstance(effect, Toast)), None)
        text = Rendering(language, 0, {}, "").toast(toast.text) if toast else ""
        self._taps.answer_tap(query, text)


def _parted(effects: tuple[Effect, ...]) -> tuple[list[Effect], list[Ask]]:
    """Part what is asked from what is to be done."""
    asks = [effect for effect in effects if isinstance(effect, Ask)]
    return [effect for effect in effects if not isinstance(effect, Ask)], asks
