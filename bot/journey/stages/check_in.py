"""CHECK_IN: how planned sessions went, told with one tap or in words, and corrected at will."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.journey import local
from bot.journey.asks import AskDays, AskReason
from bot.journey.conversation import Conversation, Noted, Stage
from bot.journey.effects import Button, Effect, Redraw, Say
from bot.journey.events import Command, Event, Occasion, OccasionTapped, Pressed
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.keeps import KeepAnswer, KeepWhatWorks, WithdrawAnswer
from bot.journey.stages import day_card, how_much, occasions, opinions, reason, reflection
from bot.journey.stages.day_card import Days, cut, lay_out, lines_on
from bot.journey.step import Step, button, say, text
from coach.lived import Told
from coach.weeks import DayState

STATES = {
    "d": DayState.DONE,
    "s": DayState.SMALL,
    "p": DayState.PARTLY,
    "m": DayState.MISSED,
    "x": DayState.SKIPPED,
}
"""What the letters on the buttons mean; "c" asks about one session anew, "a" about all."""

UNDONE_WITHIN = timedelta(minutes=10)
"""How long /back takes an answer back."""

_DAY = timedelta(days=1)
_EVERY_THIRD = 3


def open_(conversation: Conversation, event: Command | Pressed) -> Step:
    """Ask how it went: /done, or the button."""
    return Step(conversation, (AskDays("done", event),))


def opened(conversation: Conversation, found: DaysFound) -> Step:
    """Ask about today, or about yesterday where that is still open."""
    goals, today = occasions.living(found.goals), local.today(conversation, found.at)
    if not goals:
        return Step(conversation, (say("plan.none"),))
    for on in (today, today - _DAY):
        lines = lines_on(goals, on)
        if any(line.told is None for line in lines):
            return ask(conversation, goals, Days(on, on, today))
    if lines_on(goals, today):
        return ask(conversation, goals, Days(today, today, today))
    return _nothing_planned(conversation, goals, today)


def _nothing_planned(conversation: Conversation, goals: tuple[KnownGoal, ...], today: date) -> Step:
    """Let somebody tell of what was not planned for today."""
    buttons = tuple(
        (Button(text("check_in.did", title=cut(one.title, 16)), "ci", "d0", _on(one, today)),)
        for one in goals
    )
    asked = say("check_in.unplanned", buttons=buttons)
    return Step(occasions.turn_to(conversation, Stage.CHECK_IN), (asked,))


def _on(known: KnownGoal, on: date) -> Occasion:
    return Occasion(known.number, on)


def ask(
    conversation: Conversation, goals: tuple[KnownGoal, ...], days: Days, words: int | None = None
) -> Step:
    """Ask about days with sessions; *words* is the number of the wording where nobody wrote."""
    occasion = Occasion(lines_on(goals, days.last)[0].goal, days.last)
    turned = occasions.turn_to(conversation, Stage.CHECK_IN, occasion=occasion)
    return Step(turned, (Say(*lay_out(goals, days, words)),))


# --- an answer, tapped ---


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take a tap: keep what it says, or ask again where somebody wants to correct it."""
    cause = found.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    about, today = cause.occasion, local.today(conversation, found.at)
    tap, known = (
        day_card.read(cause.argument, about.on, today),
        occasions.goal_of(found, about.goal),
    )
    if tap is None or known is None:
        return Step(conversation, (say("check_in.gone"),))
    if tap.code in STATES:
        told = Told(about.on, tap.place, STATES[tap.code])
        return noted(conversation, found, known, told, shown=Shown(cause.message, tap.days))
    goals = occasions.living(found.goals)
    card = lay_out(goals, tap.days)
    if tap.code == "c":
        card = day_card.alone(goals, tap.days, about, tap.place)
    return Step(conversation, (Redraw(cause.message, *card),))


@dataclass(frozen=True, slots=True)
class Shown:
    """The message in which a card was tapped, and the days that the card is about."""

    message: int
    days: Days


def noted(
    conversation: Conversation,
    found: DaysFound | WishHeard,
    known: KnownGoal,
    told: Told,
    note: str = "",
    shown: Shown | None = None,
) -> Step:
    """Keep an answer, say what it comes to, and show it in the message that asked."""
    if known.life is None:
        return Step(conversation, (say("check_in.gone"),))
    before, today = known.life.answer(told.on, told.place), local.today(conversation, found.at)
    life = reflection.with_answer(known.life, told)
    after = tuple(
        replace(one, life=life) if one.number == known.number else one
        for one in occasions.living(found.goals)
    )
    redrawn: tuple[Effect, ...] = ()
    if shown is not None and lines_on(after, told.on):
        redrawn = (Redraw(shown.message, *lay_out(after, shown.days)),)
    if before is not None and before.state is told.state and shown is not None:
        return Step(conversation, redrawn)  # a second tap on the same button
    occasion = Occasion(known.number, told.on)
    last = Noted(occasion, told.place, before, found.at)
    turned = occasions.keeping(conversation, noted=last)
    answered = _answered(turned, replace(known, life=life), told, before, today)
    return answered.after(KeepAnswer(known.number, told, note), *redrawn)


def _answered(
    conversation: Conversation, known: KnownGoal, told: Told, before: Told | None, today: date
) -> Step:
    """Say what an answer comes to, and ask the one thing that helps: why not, or what worked."""
    life, occasion = known.life, Occasion(known.number, told.on)
    if life is None:
        return Step(conversation)
    if told.state in {DayState.MISSED, DayState.SKIPPED} and told.reason:
        asked = AskReason(known, occasion, told.place, told.reason)
        return Step(occasions.turn_to(conversation, Stage.HOME), (asked,))
    if told.state in {DayState.MISSED, DayState.SKIPPED}:
        return reason.ask(conversation, occasion, told, changed=before is not None)
    line = reflection.line(life, told, before, today)
    if told.state is DayState.PARTLY and reflection.partly_again(life, told):
        return reason.ask(conversation, occasion, told, changed=False).after(say(line))
    if parts := how_much.offer(conversation, known, told):
        turned = occasions.turn_to(
            conversation, Stage.HOME, occasion=occasion, place=told.place, how_much=True
        )
        buttons = (*parts, *opinions.offer_progress(partly=True))
        return Step(turned, (say(line, "check_in.how_much", buttons=buttons),))
    kept = reflection.kept_in_all(life)
    asks = before is None and kept % _EVERY_THIRD == 0 and occasions.is_everyday(conversation)
    if not asks:
        offered = opinions.offer_progress(partly=told.state is DayState.PARTLY)
        return Step(occasions.turn_to(conversation, Stage.HOME), (say(line, buttons=offered),))
    turned = occasions.turn_to(
        conversation, Stage.CHECK_IN, occasion=occasion, place=told.place, what_worked=True
    )
    skip = ((button("what_worked.skip", "ww", "skip"),),)
    return Step(turned, (say(line, "what_worked.ask", buttons=skip),))


def skip_what_worked(conversation: Conversation, _: Pressed) -> Step:
    """Leave it at that."""
    return Step(occasions.turn_to(conversation, Stage.HOME), (say("reason.skipped"),))


def keep_what_worked(conversation: Conversation, goal: int, words: str) -> Step:
    """Keep in the person's words what made it work."""
    turned = occasions.turn_to(conversation, Stage.HOME)
    return Step(turned, (KeepWhatWorks(goal, words), say("what_worked.thanks")))


# --- taken back ---


def can_undo(conversation: Conversation, event: Event) -> bool:
    """Tell whether /back takes the last answer back."""
    last = conversation.everyday.noted
    everyday = occasions.is_everyday(conversation)
    return everyday and last is not None and event.at - last.at <= UNDONE_WITHIN


def undo(conversation: Conversation, event: Event) -> Step:
    """Take the last answer back: to what was told before it, or to nothing."""
    last = conversation.everyday.noted
    if last is None:
        return Step(conversation, (say("cancel.nothing"),))
    turned = occasions.turn_to(conversation, Stage.HOME, noted=None)
    if last.before is None:
        return Step(turned, (WithdrawAnswer(last.occasion, last.place), say("check_in.undone")))
    state = text(f"check_in.changed.{last.before.state.value}")
    return Step(turned, (KeepAnswer(last.occasion.goal, last.before), say(state)))
