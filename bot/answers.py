"""Answers to what the journey asks: the coach's work, or a look into the store.

Called outside any transaction; the answer goes back into the journey as an event.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import everyday, hearing, known
from bot.clock import Clock
from bot.coaching import Coaching
from bot.everyday import EverydayAsk, Here
from bot.failpoints import failpoint
from bot.journey.asks import (
    Ask,
    AskChange,
    AskDays,
    AskFill,
    AskGoals,
    AskMemory,
    AskOwned,
    AskPlan,
    AskQuestions,
    AskReading,
    AskReason,
    AskReply,
    AskResize,
    AskResolution,
    AskReview,
    AskRevision,
    AskRewrite,
    AskWish,
)
from bot.journey.content import Text
from bot.journey.conversation import Conversation
from bot.journey.events import (
    Event,
    Filled,
    GoalRead,
    GoalsFound,
    KnownGoal,
    MemoryFound,
    OwnedFound,
    OwnedGoal,
    PlanDrafted,
    Replied,
    ResolutionDrafted,
    Reviewed,
    Rewritten,
    Said,
    Subject,
)
from bot.journey.house import AskAgain, AskHouse
from bot.journey.pictures import (
    AskStats,
    StarsGiven,
    StatsFound,
)
from bot.journey.stages.safety import was_cleared
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
from storage.ledger import Call

AskTheHouse = Callable[[AskHouse, Event], Awaitable[Event]]


@dataclass(frozen=True, slots=True)
class Store:
    """What the store can tell of one person."""

    goals: Callable[[], Awaitable[tuple[KnownGoal, ...]]]
    lately: Callable[[datetime], Awaitable[known.Lately]]
    owned: Callable[[], Awaitable[tuple[OwnedGoal, ...]]]
    stars: Callable[[datetime], Awaitable[StarsGiven]]
    exchange: Callable[[Subject], Awaitable[tuple[str, str] | None]]  # their words, our reply


class NothingUnderstoodError(Exception):
    """The journey asked for work on a goal before there was one; the machine's fault."""


class Answers:
    """Answers one person's asks."""

    def __init__(
        self,
        coaching: Coaching,
        clock: Clock,
        store: Store,
        ask_house: AskTheHouse,
    ) -> None:
        self._coaching = coaching
        self._coach = coaching.coach
        self._clock = clock
        self._find_goals = store.goals
        self._look_back = store.lately
        self._find_owned = store.owned
        self._find_stars = store.stars
        self._find_exchange = store.exchange
        self._ask_house = ask_house

    async def answer(self, ask: Ask, conversation: Conversation, event: Event) -> Event:
        """Answer *ask*; the answer has the time and the turn of *event*."""
        at, turn = event.at, event.turn
        now = local(conversation, at)
        match ask:
            case AskAgain(again):
                return hearing.hear(self._coach, Said(at, turn, again), conversation.language)
            case AskReading(goal):
                words = (
                    texts(conversation.language)(goal.key) if isinstance(goal, Text) else goal.text
                )
                began = self._clock.elapsed()
                reading = await self._coach.preprocess_goal(
                    words,
                    now=now,
                    language=conversation.language,
                    cleared=_cleared(conversation, at),
                    caller=self._coaching.caller,
                )
                self._note("preprocess_goal", began, reading)
                return GoalRead(at, turn, reading)
            case AskResolution():
                began = self._clock.elapsed()
                drafted = await self._coach.generate_resolution(
                    _understood(conversation),
                    today=now.date(),
                    caller=self._coaching.caller,
                    style=conversation.preferences.style,
                )
                self._note("generate_resolution", began, drafted)
                return ResolutionDrafted(at, turn, drafted)
            case AskPlan(how):
                return await self._plan(conversation, event, how, now)
            case AskReply() | AskRewrite():
                return await self._speak(ask, conversation, event, now)
            case (
                AskOwned()
                | AskMemory()
                | AskStats()
                | AskGoals()
                | AskDays()
                | AskWish()
                | AskReason()
                | AskReview()
                | AskChange()
            ):
                return await self._about_goals(ask, conversation, event, now)
            case AskFill() | AskRevision() | AskResize() | AskQuestions():
                return self._fill(ask, conversation, event, now)
            case _:
                return await self._ask_house(ask, event)

    async def _about_goals(
        self,
        ask: AskOwned | AskMemory | AskStats | AskGoals | EverydayAsk,
        conversation: Conversation,
        event: Event,
        now: datetime,
    ) -> Event:
        if isinstance(ask, AskOwned):
            return OwnedFound(event.at, event.turn, await self._find_owned(), ask.wanted)
        if isinstance(ask, AskMemory):
            facts = (await self._look_back(now)).memory
            return MemoryFound(event.at, event.turn, facts, ask.wanted)
        goals = await self._find_goals()
        if isinstance(ask, AskStats):
            return StatsFound(event.at, event.turn, goals, await self._find_stars(now))
        if isinstance(ask, AskGoals):
            return GoalsFound(event.at, event.turn, goals, ask.wanted)
        here = Here(
            now, conversation.language, self._coaching.caller, conversation.preferences.style
        )
        began = self._clock.elapsed()
        found = await everyday.answer(self._coach, ask, event, goals, here)
        if isinstance(found, Reviewed) and not found.agreed:
            self._note("adapt_week", began, found.review)
        return found

    def _fill(
        self,
        ask: AskFill | AskRevision | AskResize | AskQuestions,
        conversation: Conversation,
        event: Event,
        now: datetime,
    ) -> Filled:
        known, understood, asks = _understood(conversation), True, False
        match ask:
            case AskFill(slot, said, option, may_differ):
                if may_differ and self._coach.is_other_goal(known, said, now):
                    return Filled(event.at, event.turn, known, False, other_goal=said)
                known, understood = self._coach.answer(known, slot, said, now, option)
            case AskRevision(said, asks):
                known, understood = self._coach.revise(known, said, now)
            case AskResize(code):
                known = self._coach.resize(known, code, now)
            case AskQuestions():
                pass
        questions = self._coach.questions(known, now)
        return Filled(event.at, event.turn, known, understood, questions, asks=asks)

    async def _plan(
        self, conversation: Conversation, event: Event, how: str | None, now: datetime
    ) -> PlanDrafted:
        known = _understood(conversation)
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
        self._note("create_plan", began, plan)
        return PlanDrafted(event.at, event.turn, _on_review_day(plan, conversation), known)

    async def _speak(
        self, ask: AskReply | AskRewrite, conversation: Conversation, event: Event, now: datetime
    ) -> Event:
        if isinstance(ask, AskReply):
            return await self._reply(ask.text, conversation, event, now)
        said = await self._find_exchange(ask.subject)
        if said is None:
            return Rewritten(event.at, event.turn, ask.subject, ask.reason, None)
        goals, lately = await self._find_goals(), await self._look_back(now)
        began = self._clock.elapsed()
        again = await self._coach.rewrite_reply(
            Criticism(*said, ask.reason),
            _progress(goals, lately, conversation, now),
            now=now,
            heard=lately.heard,
            caller=self._coaching.caller,
        )
        self._note("rewrite_reply", began, again)
        return Rewritten(event.at, event.turn, ask.subject, ask.reason, again)

    async def _reply(
        self, said: str, conversation: Conversation, event: Event, now: datetime
    ) -> Replied:
        goals, lately = await self._find_goals(), await self._look_back(now)
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
        self._note("coaching_reply", began, reply)
        failpoint("llm.after")
        return Replied(event.at, event.turn, reply, goals, lately.may_rate)

    def _note(self, step: str, began: timedelta, made: Reading | Review | Drafted[Any]) -> None:
        """Note what the rules answered; a model's calls note themselves.

        Where a model was asked by a prompt on trial, the rules' answer counts as that one's.
        """
        if made.mode == RULES:
            took = self._clock.elapsed() - began
            call = Call(step, made.mode, RULES_VERSION, took, variant=made.variant)
            self._coaching.calls.append(call)


def local(conversation: Conversation, at: datetime) -> datetime:
    """Tell the person's wall time; UTC until they have said where they are."""
    return at.astimezone(ZoneInfo(conversation.zone or "UTC"))


def _progress(
    goals: tuple[KnownGoal, ...], lately: known.Lately, conversation: Conversation, now: datetime
) -> Progress:
    """Gather what a reply may say of the person, in the style they like."""
    progress = known.progress(goals, now, conversation.language)
    remembered = tuple(fact.text for fact in lately.memory)
    return replace(progress, style=conversation.preferences.style, memory=remembered)


def _on_review_day(plan: Drafted[Plan], conversation: Conversation) -> Drafted[Plan]:
    """Put the plan's review on the weekday the person chose, if they chose one."""
    chosen = conversation.preferences.review_day
    return plan if chosen is None else replace(plan, work=replace(plan.work, review_on=chosen))


def _cleared(conversation: Conversation, at: datetime) -> bool:
    """Tell whether hints were explained; the journey has met every other one by now."""
    return conversation.care.adult or was_cleared(conversation.care, at)


def _understood(conversation: Conversation) -> GoalUnderstanding:
    if conversation.draft.understanding is None:
        raise NothingUnderstoodError(conversation.stage)
    return conversation.draft.understanding


def _resolution(conversation: Conversation) -> Resolution:
    if conversation.draft.resolution is None:
        raise NothingUnderstoodError(conversation.stage)
    return conversation.draft.resolution.work
