"""REVIEW: look back on a week, adapt, look ahead. More is never planned without a tap."""

from datetime import date

from bot.journey import aside, local
from bot.journey.asks import AskChange, AskDays, AskReview
from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Rows, Say
from bot.journey.events import (
    Command,
    DaysFound,
    KnownGoal,
    Occasion,
    OccasionTapped,
    Rated,
    Reviewed,
    Subject,
)
from bot.journey.stages import goal, occasions, pause, stats
from bot.journey.stages.change import REVIEW
from bot.journey.step import Step, say, text, words
from coach.lived import Lived, Proposed, Scaled

CHOICES = (("keep",), ("ez", "hd"), ("dy", "ps"))
"""Looks good, easier, harder, other days, pause."""

_HOW = {"ez": "easier", "hd": "harder"}


def open_(conversation: Conversation, command: Command) -> Step:
    """Look back: /review."""
    return Step(conversation, (AskDays("review", command),))


def opened(conversation: Conversation, found: DaysFound) -> Step:
    """Review the main goal's present week, or the last one where this one has just begun."""
    living = occasions.living(found.goals)
    if not living or living[0].life is None:
        return Step(conversation, (say("plan.none"),))
    known, today = living[0], local.today(conversation, found.at)
    week = due(living[0].life, today)
    if week == 0:
        return Step(conversation, (say("review.too_early"),))
    return Step(conversation, (AskReview(known, week),))


def due(life: Lived, today: date) -> int:
    """Number the week to look back on: this one, or the one before while this one is untouched."""
    number = min(life.week_on(today), len(life.plan.weeks))
    if number <= 0:
        return 0
    start = life.plan.weeks[number - 1].start
    told = any(one.on >= start for one in life.told)
    begun = told or any(session.on < today for session in life.sessions(number))
    return number if begun or number == 1 else number - 1


def shown(conversation: Conversation, found: Reviewed) -> Step:
    """Show the card; a week that was agreed on already has no choices any more."""
    life, lines = found.known.life, found.review.lines
    if life is None:
        return Step(conversation, (say("plan.none"),))
    card = Words("\n".join(lines))
    occasion = Occasion(found.known.number, life.plan.weeks[found.week - 1].start)
    picture = (stats.button(occasion),)
    if is_agreed(life, found.week) or found.week >= len(life.plan.weeks):
        turned = occasions.turn_to(conversation, Stage.HOME)
        return Step(turned, (say(card, buttons=(picture,)),))
    turned = occasions.turn_to(conversation, Stage.REVIEW, occasion=occasion)
    asks = f"review.ask.{found.review.asks}" if found.review.asks else "review.ask"
    shows = Subject(Rated.REVIEW, goal.new_id(found.turn))
    return Step(turned, (Say((card, text(asks)), (*_buttons(occasion), picture), shows=shows),))


def reviewed(conversation: Conversation, found: Reviewed) -> Step:
    """Show a review, or take it where it was agreed to already."""
    return agreed(conversation, found) if found.agreed else shown(conversation, found)


def _buttons(occasion: Occasion) -> Rows:
    return tuple(
        tuple(Button(text(f"review.{code}"), "wr", code, occasion) for code in row)
        for row in CHOICES
    )


def is_agreed(life: Lived, week: int) -> bool:
    """Tell whether the week after that one was formed by its review already."""
    return any(number == week + 1 for number, _ in life.changes)


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take what next week shall be, and put stars under the review; a second tap changes nothing.

    Somebody who pauses has not agreed to anything that could be rated.
    """
    cause = found.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    stars = cause.shows if cause.argument != "ps" else None
    closed = Close(cause.message, cause.shown, words(cause.label), stars=stars)
    known = occasions.goal_of(found, cause.occasion.goal)
    if known is None or known.life is None:
        return Step(conversation, (closed, say("check_in.gone")))
    week = known.life.week_on(cause.occasion.on)
    if is_agreed(known.life, week):
        return Step(conversation, (closed,))
    return _chosen(conversation, known, week, cause).after(closed)


def _chosen(conversation: Conversation, known: KnownGoal, week: int, cause: OccasionTapped) -> Step:
    match cause.argument:
        case "keep":
            return Step(conversation, (AskReview(known, week, agreed=True),))
        case "ez" | "hd":
            wish = Scaled(week + 1, _HOW[cause.argument])
            asked = AskChange(known, wish, REVIEW, _HOW[cause.argument], week + 1)
            return Step(conversation, (asked,))
        case "dy":
            turned = occasions.turn_to(conversation, Stage.REVIEW, occasion=cause.occasion)
            return Step(turned, (say("review.which_days"),))
        case _:
            return pause.ask(aside.step_aside(conversation, Stage.PAUSE))


def agreed(conversation: Conversation, found: Reviewed) -> Step:
    """Let next week be as proposed."""
    proposal = found.review.proposal
    wish = Proposed(found.week + 1, proposal, found.review.obstacle)
    asked = AskChange(found.known, wish, REVIEW, proposal.because, found.week + 1)
    return Step(conversation, (asked,))
