"""Answers to what everyday talk asks: about somebody's days, and for changes of their plan.

Called outside any transaction; the answer goes back into the journey as an event.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.journey.asks import AskChange, AskDays, AskPauseEnd, AskReason, AskReview, AskWish
from bot.journey.events import Event
from bot.journey.found import (
    DaysFound,
    KnownGoal,
    PauseEndRead,
    PlanChanged,
    ReasonAnswered,
    Reviewed,
    Taken,
    WishHeard,
)
from coach import doing
from coach.coach import Coach
from coach.lived import Lived
from coach.llm.caller import Caller
from coach.rules import courses
from coach.values import Progress, Style

EverydayAsk = AskDays | AskWish | AskPauseEnd | AskReason | AskReview | AskChange


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody's wall time and the language they are spoken to in."""

    now: datetime
    today: date  # their day, which may last past midnight
    language: str
    caller: Caller  # for whom a model is asked
    style: Style


class NotLivedError(Exception):
    """A goal without a plan was asked about; the machine's fault."""


async def answer(
    coach: Coach, ask: EverydayAsk, event: Event, goals: tuple[KnownGoal, ...], here: Here
) -> Event:
    """Answer *ask* for somebody who is *here*."""
    today, language = here.today, here.language
    at, turn = event.at, event.turn
    match ask:
        case AskDays(wanted, cause):
            return DaysFound(at, turn, goals, wanted, cause)
        case AskWish(said):
            wish = coach.wish(said.text, language)
            told = coach.read_check_in(said.text, language)
            return WishHeard(at, turn, goals, said, wish, told)
        case AskPauseEnd(said):
            until = coach.pause_end(said.text, today, language)
            return PauseEndRead(at, turn, said, until, coach.wish(said.text, language))
        case AskReason(goal, occasion, place, code, chosen):
            after = coach.after_reason(code, _progress(goal, today))
            return ReasonAnswered(at, turn, goal, occasion, place, code, after, chosen)
        case AskReview(goal, week, taken):
            course = courses.of(_life(goal), week, today)
            # What was taken is only kept: nobody reads its words again.
            asked = coach.by_rules if taken else coach
            review = await asked.review_week(
                course,
                _progress(goal, today),
                silent=taken is Taken.IN_SILENCE,
                caller=here.caller,
                style=here.style,
            )
            return Reviewed(at, turn, goal, week, review, taken)
        case AskChange(goal, wish, trigger, because, week):
            made = coach.rework(_life(goal), wish, here.now)
            return PlanChanged(at, turn, goal, wish, trigger, because, week, made)


def _progress(goal: KnownGoal, today: date) -> Progress:
    return doing.progress(_life(goal), goal.facts, today)


def _life(goal: KnownGoal) -> Lived:
    if goal.life is None:
        raise NotLivedError(goal.number)
    return goal.life
