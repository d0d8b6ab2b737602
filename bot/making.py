"""What the coach makes for one person in a turn, with its entries in the ledger.

Called outside any transaction. A model's calls note themselves; what the rules answered is
noted here.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import known
from bot.clock import Clock
from bot.coaching import Coaching
from bot.journey import local
from bot.journey.asks import AskPlan, AskReading, AskReply, AskResolution, AskRewrite
from bot.journey.content import Text
from bot.journey.conversation import Conversation
from bot.journey.events import Event
from bot.journey.found import (
    GoalRead,
    KnownGoal,
    PlanDrafted,
    Replied,
    ResolutionDrafted,
    Rewritten,
)
from bot.journey.stages.safety import was_cleared
from bot.lookup import Lookup
from bot.texts import texts
from coach.rules.rewriting import Criticism
from coach.values import (
    RULES,
    RULES_VERSION,
    Drafted,
    GoalUnderstanding,
    Plan,
    Progress,
    Reading,
    Resolution,
)
from coach.weeks import Review
from storage.failpoints import failpoint
from storage.ledger import Call

Made = Reading | Review | Drafted[Any]


class NothingUnderstoodError(Exception):
    """The journey asked for work on a goal before there was one; the machine's fault."""


class Making:
    """Has the coach work, with what the store knows of the person."""

    def __init__(self, coaching: Coaching, clock: Clock, lookup: Lookup) -> None:
        self._coaching = coaching
        self._coach = coaching.coach
        self._clock = clock
        self._lookup = lookup

    async def make(
        self,
        ask: AskReading | AskResolution | AskPlan | AskReply | AskRewrite,
        conversation: Conversation,
        event: Event,
        now: datetime,
    ) -> Event:
        """Make what is asked for; *now* is the person's wall time."""
        match ask:
            case AskReading():
                return await self._reading(ask, conversation, event, now)
            case AskResolution():
                return await self._resolution(conversation, event, now)
            case AskPlan(how):
                return await self._plan(conversation, event, how, now)
            case AskReply(said):
                return await self._reply(said, conversation, event, now)
            case AskRewrite():
                return await self._rewrite(ask, conversation, event, now)

    async def _reading(
        self, ask: AskReading, conversation: Conversation, event: Event, now: datetime
    ) -> GoalRead:
        goal = ask.text
        words = texts(conversation.language)(goal.key) if isinstance(goal, Text) else goal.text
        began = self._clock.elapsed()
        reading = await self._coach.preprocess_goal(
            words,
            now=now,
            language=conversation.language,
            cleared=_cleared(conversation, event.at),
            caller=self._coaching.caller,
        )
        self.note("preprocess_goal", began, reading)
        return GoalRead(event.at, event.turn, reading)

    async def _resolution(
        self, conversation: Conversation, event: Event, now: datetime
    ) -> ResolutionDrafted:
        began, understanding = self._clock.elapsed(), understood(conversation)
        drafted = await self._coach.generate_resolution(
            understanding,
            today=now.date(),
            caller=self._coaching.caller,
            style=conversation.preferences.style,
        )
        self.note("generate_resolution", began, drafted)
        days = self._coach.usual_days(understanding, now.date())
        return ResolutionDrafted(event.at, event.turn, drafted, days)

    async def _plan(
        self, conversation: Conversation, event: Event, how: str | None, now: datetime
    ) -> PlanDrafted:
        known = understood(conversation)
        if how is not None:
            known = self._coach.reshape(known, how, now.date())
        began = self._clock.elapsed()
        plan = await self._coach.create_plan(
            known,
            _resolution(conversation),
            today=now.date(),
            caller=self._coaching.caller,
            style=conversation.preferences.style,
        )
        known = replace(known, ideas=plan.work.ideas)
        self.note("create_plan", began, plan)
        return PlanDrafted(event.at, event.turn, _on_review_day(plan, conversation), known)

    async def _reply(
        self, said: str, conversation: Conversation, event: Event, now: datetime
    ) -> Replied:
        goals, lately = await self._lookup.goals(), await self._lookup.lately(now)
        failpoint("llm.before")
        began = self._clock.elapsed()
        reply = await self._coach.coaching_reply(
            said,
            _progress(goals, lately, conversation, now),
            now=now,
            heard=lately.heard,
            caller=self._coaching.caller,
            watch=self._coaching.watch,
        )
        self.note("coaching_reply", began, reply)
        failpoint("llm.after")
        return Replied(event.at, event.turn, reply, goals, lately.may_rate)

    async def _rewrite(
        self, ask: AskRewrite, conversation: Conversation, event: Event, now: datetime
    ) -> Rewritten:
        said = await self._lookup.exchange(ask.subject)
        if said is None:
            return Rewritten(event.at, event.turn, ask.subject, ask.reason, None)
        goals, lately = await self._lookup.goals(), await self._lookup.lately(now)
        began = self._clock.elapsed()
        again = await self._coach.rewrite_reply(
            Criticism(*said, ask.reason),
            _progress(goals, lately, conversation, now),
            now=now,
            heard=lately.heard,
            caller=self._coaching.caller,
        )
        self.note("rewrite_reply", began, again)
        return Rewritten(event.at, event.turn, ask.subject, ask.reason, again)

    def note(self, step: str, began: timedelta, made: Made) -> None:
        """Note what the rules answered; a model's calls note themselves.

        Where a model was asked by a prompt on trial, the rules' answer counts as that one's.
        """
        if made.mode == RULES:
            took = self._clock.elapsed() - began
            call = Call(step, made.mode, RULES_VERSION, took, variant=made.variant)
            self._coaching.calls.append(call)


def _progress(
    goals: tuple[KnownGoal, ...], lately: known.Lately, conversation: Conversation, now: datetime
) -> Progress:
    """Gather what a reply may say of the person, in the style they like."""
    progress = known.progress(goals, local.today(conversation, now), conversation.language)
    remembered = tuple(fact.text for fact in lately.memory)
    return replace(progress, style=conversation.preferences.style, memory=remembered)


def _on_review_day(plan: Drafted[Plan], conversation: Conversation) -> Drafted[Plan]:
    """Put the plan's review on the weekday the person chose, if they chose one."""
    chosen = conversation.preferences.review_day
    return plan if chosen is None else replace(plan, work=replace(plan.work, review_on=chosen))


def _cleared(conversation: Conversation, at: datetime) -> bool:
    """Tell whether hints were explained; the journey has met every other one by now."""
    return conversation.care.adult or was_cleared(conversation.care, at)


def understood(conversation: Conversation) -> GoalUnderstanding:
    """Return what is understood of the goal on its way, or raise NothingUnderstoodError."""
    if conversation.draft.understanding is None:
        raise NothingUnderstoodError(conversation.stage)
    return conversation.draft.understanding


def _resolution(conversation: Conversation) -> Resolution:
    if conversation.draft.resolution is None:
        raise NothingUnderstoodError(conversation.stage)
    return conversation.draft.resolution.work
