"""NUDGING: a check-in is due; what is said unasked, if anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.check_ins import schedule
from bot.check_ins.kinds import Kind
from bot.journey import local, unasked
from bot.journey.asks import AskDue, AskReview
from bot.journey.conversation import Conversation
from bot.journey.effects import Nudge
from bot.journey.events import Due
from bot.journey.found import DueFound, KnownGoal
from bot.journey.keeps import KeepPreferences
from bot.journey.stages import (
    check_in,
    consent,
    finish,
    hold,
    lapse,
    occasions,
    pause,
    quitting,
    review,
)
from bot.journey.stages.day_card import Days
from bot.journey.step import Step, say, text
from coach import lived

WORDINGS = 8
"""As many ways to ask, so that at one question a day none comes back within a week."""

_DAY = timedelta(days=1)

Living = tuple[KnownGoal, ...]
Speak = Callable[[Conversation, DueFound, Living], Step]


def look(conversation: Conversation, due: Due) -> Step:
    """Look up what decides, if anything may be said at all."""
    if consent.is_due(conversation, due) or not unasked.may_speak(conversation, due):
        return Step(conversation)
    return Step(conversation, (AskDue(due),))


def decide(conversation: Conversation, found: DueFound) -> Step:
    """Say the one thing that is worth saying, or nothing."""
    living = occasions.living(found.goals)
    if found.due.kind is Kind.SAFE:
        return _safe(conversation, found, living)
    if found.due.kind is Kind.REVIEW_OVER:  # nothing is said, so nothing is too much
        return _review_over(conversation, found, living)
    if unasked.is_too_much(found, living, local.today(conversation, found.at)):
        return Step(conversation)
    kind = _quieter(found)
    return _SAYS[kind](conversation, found, living) if kind else Step(conversation)


def _quieter(found: DueFound) -> Kind | None:
    """Fall silent with somebody who is silent."""
    kind, silent = found.due.kind, found.silent_days
    if kind is Kind.PAUSED or silent < unasked.REVIEW_ONLY_FROM:
        return kind
    if silent >= unasked.NOTHING_FROM:
        return None
    if silent >= unasked.PAUSE_FROM:
        return Kind.SILENT
    return kind if kind in {Kind.REVIEW, Kind.REVIEW_OVER} else None


def _session(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Ask about today."""
    return _ask(conversation, found, living, local.today(conversation, found.at))


def _morning(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Ask about yesterday."""
    return _ask(conversation, found, living, local.today(conversation, found.at) - _DAY)


def _ask(conversation: Conversation, found: DueFound, living: Living, on: date) -> Step:
    """Ask how it went, or offer a way back to somebody who drifted away."""
    today = local.today(conversation, found.at)
    if _review_comes(conversation, found, living):
        return Step(conversation)
    if (drifted := _drifted(conversation, found, living)) is not None:
        return _nudge(conversation, found, Kind.LAPSE, lapse.ask(conversation, drifted, today))
    asked = unasked.days_asked(found, living, on, today)
    days = [day for day in asked if unasked.is_open(living, day)]
    if not days or unasked.is_spared(found, living, on, today):
        return Step(conversation)
    n = unasked.wording(found.nudges, Kind.SESSION, WORDINGS, found.turn[-12:])
    step = check_in.ask(conversation, living, Days(days[0], days[-1], today), n)
    return _nudge(conversation, found, Kind.SESSION, step, n)


def _reminder(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Say that a session is near, once; it is asked about with the same buttons."""
    today = local.today(conversation, found.at)
    if _review_comes(conversation, found, living) or not unasked.is_open(living, today):
        return Step(conversation)
    if unasked.reminders_ignored(found.nudges) >= unasked.MOST_IGNORED:
        preferred = replace(conversation.preferences, reminders=False)
        left_out = replace(conversation, preferences=preferred)
        told = Step(left_out, (KeepPreferences(preferred), say("nudge.reminders_off")))
        return _nudge(conversation, found, Kind.REMINDER, told)
    asked = check_in.ask(conversation, living, Days(today, today, today), words=0)
    return _nudge(conversation, found, Kind.REMINDER, asked)


def _lapse(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Offer a way back on a fresh start."""
    drifted = _drifted(conversation, found, living)
    if drifted is None or _review_comes(conversation, found, living):
        return Step(conversation)
    today = local.today(conversation, found.at)
    return _nudge(conversation, found, Kind.LAPSE, lapse.ask(conversation, drifted, today))


def _drifted(conversation: Conversation, found: DueFound, living: Living) -> KnownGoal | None:
    """Find a goal that was dropped twice in a row, or any after many questions unanswered."""
    today, last = local.today(conversation, found.at), conversation.everyday.lapse_on
    said = [one for one in found.nudges if one.kind is Kind.LAPSE]
    if (said and not said[-1].answered) or (last and today - last < lapse.AGAIN_AFTER):
        return None  # once, until they are back
    if unasked.unanswered(found.nudges) >= unasked.LAPSE_FROM:
        return next(iter(living), None)
    return next((one for one in living if one.life and lived.dropped(one.life, today)), None)


def _review_comes(conversation: Conversation, found: DueFound, living: Living) -> bool:
    """Tell whether today is for a look back: it asks about the days as well."""
    today = local.today(conversation, found.at)
    return today.weekday() == _review_day(conversation, living) and bool(
        _reviewable(conversation, found, living)
    )


def _review_day(conversation: Conversation, living: Living) -> int | None:
    chosen = conversation.preferences.review_day
    if chosen is not None or not living or living[0].life is None:
        return chosen
    return living[0].life.plan.review_on


def _reviewable(conversation: Conversation, found: DueFound, living: Living) -> int:
    """Number the week of the main goal that can be looked back on; 0 for none."""
    life = living[0].life if living else None
    if life is None:
        return 0
    week = review.due_by_itself(life, local.today(conversation, found.at))
    return 0 if week >= len(life.plan.weeks) or review.is_agreed(life, week) else week


def _review(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Look back on the week."""
    week = _reviewable(conversation, found, living)
    if not week:
        return _finish(conversation, found, living)  # its own day may have been too full
    return _nudge(
        conversation, found, Kind.REVIEW, Step(conversation, (AskReview(living[0], week),))
    )


def _finish(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Say what the planned weeks came to, once they are over."""
    today = local.today(conversation, found.at)
    over = next((one for one in living if one.life and lived.over(one.life, today)), None)
    if over is None or _was_finished(found, over):
        return Step(conversation)
    return _nudge(conversation, found, Kind.FINISH, finish.ask(conversation, over, found))


def _was_finished(found: DueFound, known: KnownGoal) -> bool:
    """Tell whether the end of a plan was spoken of already."""
    end = known.life.plan.weeks[-1].start if known.life else date.max
    return any(one.kind is Kind.FINISH and one.on > end for one in found.nudges)


def _safe(conversation: Conversation, found: DueFound, _: Living) -> Step:
    """Ask once how somebody is, as they wished."""
    return _nudge(conversation, found, Kind.SAFE, Step(conversation, (hold.how_are_you(),)))


def _zone(conversation: Conversation, found: DueFound, _: Living) -> Step:
    """Ask whether it is still that late there, after the clocks may have changed."""
    preferred = replace(conversation.preferences, zone_ask_at=None)
    asked = replace(conversation, preferences=preferred)
    now = local.now(conversation, found.at)
    said = say(text("nudge.zone", time=f"{now:%H:%M}"))
    return _nudge(asked, found, Kind.ZONE, Step(asked, (KeepPreferences(preferred), said)))


def _review_over(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Let a review that nobody answered apply, where it asks for no more than before."""
    return review.unanswered(conversation, living, local.today(conversation, found.at))


def _silent(conversation: Conversation, found: DueFound, _: Living) -> Step:
    """Ask whether to pause."""
    return _nudge(conversation, found, Kind.SILENT, pause.shall_i(conversation, found.at))


def _paused(conversation: Conversation, found: DueFound, _: Living) -> Step:
    """End a pause on its last day, or ask whether one without an end goes on."""
    return _nudge(conversation, found, Kind.PAUSED, pause.came_due(conversation))


def _quit_day(conversation: Conversation, found: DueFound, living: Living) -> Step:
    """Be there on the day somebody leaves something."""
    today = local.today(conversation, found.at)
    leaving = (one for one in living if one.life and one.life.quit_day == today)
    known = next(leaving, None)
    if known is None:
        return Step(conversation)
    said = quitting.quit_day(conversation, known, today)
    return _nudge(conversation, found, Kind.QUIT_DAY, said)


def _kept(conversation: Conversation, found: DueFound, _: Living) -> Step:
    """Ask whether a goal that was reached is still kept."""
    today = local.today(conversation, found.at)
    kept = (g for g in found.goals if g.kept_since and today in schedule.kept_days(g.kept_since))
    known = next(kept, None)
    if known is None:
        return Step(conversation)
    return _nudge(conversation, found, Kind.KEPT, finish.kept(conversation, known, today))


def _nudge(
    conversation: Conversation, found: DueFound, kind: Kind, step: Step, wording: int = 1
) -> Step:
    """Have what a step says be said unasked."""
    on = local.today(conversation, found.at)
    until = unasked.until(conversation, found.due)
    return step.after(Nudge(kind, f"{kind.value}.{wording}", on, until))


_SAYS: dict[Kind, Speak] = {
    Kind.SESSION: _session,
    Kind.MORNING: _morning,
    Kind.REMINDER: _reminder,
    Kind.LAPSE: _lapse,
    Kind.REVIEW: _review,
    Kind.REVIEW_OVER: _review_over,
    Kind.SILENT: _silent,
    Kind.PAUSED: _paused,
    Kind.SAFE: _safe,
    Kind.ZONE: _zone,
    Kind.QUIT_DAY: _quit_day,
    Kind.FINISH: _finish,
    Kind.KEPT: _kept,
}
