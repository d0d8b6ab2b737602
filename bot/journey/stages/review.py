"""REVIEW: look back on a week, adapt, look ahead. More is never planned without a tap."""

from datetime import date, timedelta

from bot.journey import aside, local
from bot.journey.asks import AskChange, AskDays, AskReason, AskReview
from bot.journey.content import WeekView, Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Rows, Say
from bot.journey.events import Command, Event, Occasion, OccasionTapped, Rated, Subject
from bot.journey.found import DaysFound, KnownGoal, Reviewed, Taken
from bot.journey.keeps import KeepStanding
from bot.journey.stages import goal, occasions, pause, reason, stats
from bot.journey.stages.change import REVIEW, UNANSWERED
from bot.journey.step import Step, fresh, rows, say, text, words
from coach.lived import Lived
from coach.plan_wishes import PlanWish, Proposed, Repaced, Scaled
from coach.weeks import AskedInReview, Change, DayState

Codes = tuple[tuple[str, ...], ...]

CHOICES: Codes = (("keep",), ("ez", "hd"), ("dy", "ps"))
"""Looks good, easier, harder, other days, pause."""

CHOICES_WHEN: dict[AskedInReview, Codes] = {
    AskedInReview.OBSTACLE: (*CHOICES, ("ob",)),
    AskedInReview.STILL_THE_GOAL: (("small", "other"), ("ps",)),
    AskedInReview.AT_RISK: (("more", "later"), ("less", "as")),
}
"""What a review offers that asks one thing more."""

_HOW = {"ez": "easier", "hd": "harder"}

_TAKEN = {
    "keep": Taken.AGREED,
    "as": Taken.AGREED,
    "small": Taken.SMALLER,
    "more": Taken.MORE,
    "later": Taken.LATER,
    "less": Taken.LESS,
}
_DAY = timedelta(days=1)

MIDDLE = timedelta(days=3)
"""How much of a week must be over before somebody is asked by itself how it went."""


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


def due_by_itself(life: Lived, today: date) -> int:
    """Number the week to look back on unasked: this one from its middle on, or the one before."""
    number = life.week_on(today)
    if number > len(life.plan.weeks) or number <= 0:
        return 0
    begun = today - life.plan.weeks[number - 1].start
    return number if begun >= MIDDLE else number - 1


def shown(conversation: Conversation, found: Reviewed) -> Step:
    """Show the card; a week that was agreed on already has no choices any more."""
    life, lines = found.known.life, found.review.lines
    if life is None:
        return Step(conversation, (say("plan.none"),))
    days = life.days(found.week, local.today(conversation, found.at))
    card = Words("\n".join(lines)), WeekView(days)
    occasion = Occasion(found.known.number, life.plan.weeks[found.week - 1].start)
    picture = (stats.button(occasion),)
    if is_agreed(life, found.week) or found.week >= len(life.plan.weeks):
        turned = occasions.turn_to(conversation, Stage.HOME)
        return Step(turned, (say(*card, buttons=(picture,)),))
    turned = occasions.turn_to(conversation, Stage.REVIEW, occasion=occasion)
    asks = f"review.ask.{found.review.asks}" if found.review.asks else "review.ask"
    shows = Subject(Rated.REVIEW, goal.new_id(found.turn))
    choices = CHOICES_WHEN.get(found.review.asks, CHOICES) if found.review.asks else CHOICES
    buttons = (*_buttons(occasion, choices), picture)
    return Step(turned, (Say((*card, text(asks)), buttons, shows=shows),))


def reviewed(conversation: Conversation, found: Reviewed) -> Step:
    """Show a review, or take it where its proposal was taken."""
    return taken(conversation, found) if found.taken else shown(conversation, found)


def _buttons(occasion: Occasion, choices: Codes) -> Rows:
    return tuple(
        tuple(Button(text(f"review.{code}"), "wr", code, occasion) for code in row)
        for row in choices
    )


def unanswered(conversation: Conversation, living: tuple[KnownGoal, ...], today: date) -> Step:
    """Let the proposal of yesterday's review apply where nobody answered; nothing is said.

    What would ask for more becomes the same week again: more needs a tap. Goals beside the main
    one are not reviewed by themselves; those that nobody told of are held with it.
    """
    asks = (_in_silence(known, today, shown=place == 0) for place, known in enumerate(living))
    return Step(conversation, tuple(ask for ask in asks if ask is not None))


def _in_silence(known: KnownGoal, today: date, *, shown: bool) -> AskReview | None:
    life = known.life
    week = due_by_itself(life, today - _DAY) if life else 0
    if life is None or not 0 < week < len(life.plan.weeks) or is_agreed(life, week):
        return None
    past = [day.state for day in life.days(week, today) if day.state is not DayState.NOT_DUE]
    silent = bool(past) and all(state is DayState.UNANSWERED for state in past)
    return AskReview(known, week, Taken.IN_SILENCE) if shown or silent else None


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
    known = occasions.goal_of(found, cause.occasion.goal)
    if known is not None and cause.argument == "ob":  # the review stays open
        return _ask_obstacle(conversation, cause.occasion)
    stars = cause.shows if cause.argument != "ps" else None
    closed = Close(cause.message, cause.shown, words(cause.label), stars=stars)
    if known is None or known.life is None:
        return Step(conversation, (closed, say("check_in.gone")))
    if cause.argument[1:] in reason.CODES:
        return in_the_way(conversation, known, cause.argument[1:], found).after(closed)
    week = known.life.week_on(cause.occasion.on)
    if is_agreed(known.life, week):
        return Step(conversation, (closed,))
    return _chosen(conversation, known, week, cause).after(closed)


def _ask_obstacle(conversation: Conversation, occasion: Occasion) -> Step:
    chips = (Button(text(f"reason.{code}"), "wr", f"o{code}", occasion) for code in reason.CODES)
    return Step(conversation, (say("review.what_gets_in_the_way", buttons=rows(chips, 3)),))


def in_the_way(conversation: Conversation, known: KnownGoal, code: str, event: Event) -> Step:
    """Have the coach answer what gets in the way these weeks."""
    occasion = Occasion(known.number, local.today(conversation, event.at))
    return Step(conversation, (AskReason(known, occasion, 0, code),))


def _chosen(conversation: Conversation, known: KnownGoal, week: int, cause: OccasionTapped) -> Step:
    match cause.argument:
        case code if code in _TAKEN:
            return Step(conversation, (AskReview(known, week, _TAKEN[code]),))
        case "ez" | "hd":
            wish = Scaled(week + 1, _HOW[cause.argument])
            asked = AskChange(known, wish, REVIEW, _HOW[cause.argument], week + 1)
            return Step(conversation, (asked,))
        case "dy":
            turned = occasions.turn_to(conversation, Stage.REVIEW, occasion=cause.occasion)
            return Step(turned, (say("review.which_days"),))
        case "other":
            return _another(conversation, known)
        case _:
            return pause.ask(aside.step_aside(conversation, Stage.PAUSE))


def _another(conversation: Conversation, known: KnownGoal) -> Step:
    """Let this goal rest with its history, and ask for another where no set-up is under way."""
    parked = KeepStanding(known.number, "parked")
    rests = say(text("lapse.let_go", title=known.title))
    if not occasions.is_everyday(conversation):
        return Step(conversation, (parked, rests))
    begun = fresh(conversation, Stage.GOAL)
    return Step(begun, (parked, rests, say("goal.ask", buttons=goal.EXAMPLES)))


def taken(conversation: Conversation, found: Reviewed) -> Step:
    """Let next week be as proposed, or the plan as it was chosen where something was asked."""
    trigger = UNANSWERED if found.taken is Taken.IN_SILENCE else REVIEW
    wish = _wish(found)
    because = found.review.proposal.because
    if isinstance(wish, Repaced):
        because = found.review.at_risk or because
    asked = AskChange(found.known, wish, trigger, because, found.week + 1)
    return Step(conversation, (asked,))


def _wish(found: Reviewed) -> PlanWish:
    """Say how the plan is to change; a proposal is to be smaller where it would stay the same."""
    proposal, week = found.review.proposal, found.week + 1
    match found.taken:
        case Taken.MORE | Taken.LATER | Taken.LESS:
            return Repaced(week, found.taken)
        case Taken.SMALLER if proposal.change is Change.SAME:
            return Scaled(week, "easier")
        case _:
            return Proposed(week, proposal, found.review.obstacle)
