"""LAPSE: an easy way back for somebody who drifted away; a small restart counts."""

from dataclasses import replace
from datetime import date, timedelta

from bot.journey import aside, local
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Rows
from bot.journey.events import Occasion, OccasionTapped
from bot.journey.found import DaysFound, KnownGoal
from bot.journey.keeps import KeepRestored, KeepStanding
from bot.journey.stages import change, occasions, pause
from bot.journey.step import Step, say, text, words
from coach import lived

LAPSE = "lapse"
"""What sets off a change that makes the next session the small one."""

AGAIN_AFTER = timedelta(days=7)
"""How long nobody is met this way a second time."""


def drifted(
    conversation: Conversation, living: tuple[KnownGoal, ...], today: date
) -> KnownGoal | None:
    """Find a goal whose days went another way; None, too, when that was spoken of lately."""
    last = conversation.everyday.lapse_on
    if last is not None and today - last < AGAIN_AFTER:
        return None
    return next((one for one in living if one.life and lived.lapsed(one.life, today)), None)


def ask(conversation: Conversation, known: KnownGoal, today: date) -> Step:
    """Offer the minimum on the next planned day, or another plan."""
    if known.life is None:
        return Step(conversation, (say("plan.none"),))
    occasion = Occasion(known.number, today)
    session = known.life.next_session(today)
    turned = occasions.turn_to(conversation, Stage.LAPSE, occasion=occasion, lapse_on=today)
    key = "lapse.today" if session is None or session.on == today else "lapse.ask"
    day = session.on if session else today
    asked = text(key, minimum=known.life.plan.minimum, day=day)
    return Step(turned, (say(*_fresh_start(today), asked, buttons=_buttons(occasion)),))


def _fresh_start(today: date) -> tuple[str, ...]:
    """Name what begins today, where something does: that is when people start again."""
    if today.day == 1:
        return ("lapse.new_month",)
    return ("lapse.new_week",) if today.weekday() == 0 else ()


def _buttons(occasion: Occasion) -> Rows:
    small, adjust, pause, stop = (
        Button(text(f"lapse.{code}"), "lp", code, occasion) for code in ("min", "adj", "ps", "stop")
    )
    return ((small, adjust), (pause, stop))


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take the way back that was chosen."""
    cause = found.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    closed = Close(cause.message, cause.shown, words(cause.label))
    known = occasions.goal_of(found, cause.occasion.goal)
    if known is None or known.life is None:
        return Step(conversation, (closed, say("check_in.gone")))
    turned = occasions.turn_to(conversation, Stage.HOME)
    match cause.argument:
        case "min":
            today = local.today(conversation, found.at)
            session = known.life.next_session(today)
            slots = {"minimum": known.life.plan.minimum, "day": session.on if session else today}
            restarted = replace(known.life.plan, restart_on=today)
            kept = KeepRestored(known.number, known.life.understanding, restarted, LAPSE)
            return Step(turned, (kept, closed, say(text("lapse.restart", **slots))))
        case "adj":
            return change.ask(conversation).after(closed)
        case "stop":
            kept = KeepStanding(known.number, "parked")
            return Step(turned, (kept, closed, say(text("lapse.let_go", title=known.title))))
        case _:
            return pause.ask(aside.step_aside(conversation, Stage.PAUSE)).after(closed)
