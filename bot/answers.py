"""Answers to what the journey asks: the coach's work, or a look into the store.

Called outside any transaction; the answer goes back into the journey as an event.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot import everyday, hearing
from bot.clock import Clock
from bot.coaching import Coaching
from bot.everyday import EverydayAsk, Here
from bot.journey import local
from bot.journey.asks import (
    Ask,
    AskChange,
    AskDays,
    AskDue,
    AskFill,
    AskGoals,
    AskMemory,
    AskOwned,
    AskPauseEnd,
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
from bot.journey.conversation import Conversation
from bot.journey.events import Event, Said
from bot.journey.found import Filled, GoalsFound, MemoryFound, OwnedFound, Reviewed
from bot.journey.house import AskAgain, AskHouse
from bot.journey.pictures import AskStats, StatsFound
from bot.lookup import Lookup
from bot.making import Making, understood

AskTheHouse = Callable[[AskHouse, Event], Awaitable[Event]]


class Answers:
    """Answers one person's asks."""

    def __init__(
        self,
        coaching: Coaching,
        clock: Clock,
        lookup: Lookup,
        ask_house: AskTheHouse,
    ) -> None:
        self._coaching = coaching
        self._coach = coaching.coach
        self._clock = clock
        self._lookup = lookup
        self._making = Making(coaching, clock, lookup)
        self._ask_house = ask_house

    async def answer(self, ask: Ask, conversation: Conversation, event: Event) -> Event:
        """Answer *ask*; the answer has the time and the turn of *event*."""
        at, turn = event.at, event.turn
        now = local.now(conversation, at)
        match ask:
            case AskAgain(again):
                return hearing.hear(self._coach, Said(at, turn, again), conversation.language)
            case AskReading() | AskResolution() | AskPlan() | AskReply() | AskRewrite():
                return await self._making.make(ask, conversation, event, now)
            case AskDue(due):
                return await self._lookup.due(due)
            case (
                AskOwned()
                | AskMemory()
                | AskStats()
                | AskGoals()
                | AskDays()
                | AskWish()
                | AskPauseEnd()
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
            return OwnedFound(event.at, event.turn, await self._lookup.owned(), ask.wanted)
        if isinstance(ask, AskMemory):
            facts = (await self._lookup.lately(now)).memory
            return MemoryFound(event.at, event.turn, facts, ask.wanted)
        goals = await self._lookup.goals()
        if isinstance(ask, AskStats):
            return StatsFound(event.at, event.turn, goals, await self._lookup.stars(now))
        if isinstance(ask, AskGoals):
            return GoalsFound(event.at, event.turn, goals, ask.wanted)
        here = Here(
            now,
            local.today(conversation, event.at),
            conversation.language,
            self._coaching.caller,
            conversation.preferences.style,
        )
        began = self._clock.elapsed()
        found = await everyday.answer(self._coach, ask, event, goals, here)
        if isinstance(found, Reviewed) and not found.taken:
            self._making.note("adapt_week", began, found.review)
        return found

    def _fill(
        self,
        ask: AskFill | AskRevision | AskResize | AskQuestions,
        conversation: Conversation,
        event: Event,
        now: datetime,
    ) -> Filled:
        known, is_understood, asks = understood(conversation), True, False
        match ask:
            case AskFill(slot, said, option, may_differ):
                if may_differ and self._coach.is_other_goal(known, said, now):
                    return Filled(event.at, event.turn, known, False, other_goal=said)
                known, is_understood = self._coach.answer(known, slot, said, now, option)
            case AskRevision(said, asks):
                known, is_understood = self._coach.revise(known, said, now)
            case AskResize(code):
                known = self._coach.resize(known, code, now)
            case AskQuestions():
                pass
        questions = self._coach.questions(known, now)
        return Filled(event.at, event.turn, known, is_understood, questions, asks=asks)
