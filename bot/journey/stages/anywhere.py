"""What may happen in every stage: commands, other kinds of messages, stale taps, stars, danger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.journey import aside, unexpected
from bot.journey.content import Text
from bot.journey.conversation import EVERYDAY, SETUP, Conversation, Stage
from bot.journey.effects import Hold, Toast
from bot.journey.events import Command, Event, Pressed, SentOther, Unknown
from bot.journey.stages import (
    clarify,
    commit,
    consent,
    crowd,
    data,
    everyday,
    feedback,
    goal,
    goals,
    memory,
    obstacle,
    pause,
    plan,
    resize,
    resolution,
    schedule,
    settings,
    split,
)
from bot.journey.step import Step, fresh, put, say, text

LIFE = timedelta(hours=24)
"""How long a set-up goes on without a question; after it we ask whether to go on."""

DRAFT_LIFE = timedelta(days=7)
"""How long an unfinished draft is kept."""

ENTRIES = {
    Stage.CONSENT: consent.ask,
    Stage.GOAL: goal.ask,
    Stage.SPLIT: split.ask,
    Stage.RESIZE: resize.ask,
    Stage.CLARIFY: clarify.hint,
    Stage.RESOLUTION: resolution.show,
    Stage.REVISE: resolution.ask_change,
    Stage.DAYS: schedule.ask_days,
    Stage.TIME: schedule.ask_time,
    Stage.ZONE: schedule.ask_zone,
    Stage.OBSTACLE: obstacle.ask,
    Stage.PLAN: plan.show,
    Stage.PLAN_EDIT: plan.ask_edit,
    Stage.CONFIDENCE: commit.ask_confidence,
    Stage.EASIER: commit.ask_easier,
    Stage.CHECK_IN_TIME: commit.ask_check_in,
    **everyday.ENTRIES,
    Stage.DATA: data.show,
    Stage.GOALS: goals.ask,
    Stage.DELETE_GOAL: goals.ask_delete_again,
    Stage.CROWDED: crowd.ask,
    Stage.PAUSE: pause.ask,
    Stage.PAUSED: pause.ask_paused,
    Stage.RETURN: pause.ask_return,
    Stage.SETTINGS: settings.ask_again,
    Stage.FEEDBACK: feedback.ask,
    Stage.MEMORY: memory.ask,
}
"""How each stage asks its question."""

LEFT: dict[Stage, Callable[[Conversation], Step]] = {
    Stage.GOALS: goals.close,
    Stage.DELETE_GOAL: goals.keep,
    Stage.CROWDED: crowd.leave,
    Stage.PAUSE: pause.decline,
    Stage.PAUSED: pause.resume_now,
    Stage.RETURN: pause.leave_return,
    Stage.SETTINGS: settings.close,
    Stage.FEEDBACK: feedback.close,
    Stage.MEMORY: memory.close,
}
"""How what lies beside the set-up is left, by /cancel and /back."""


def show_again(conversation: Conversation, _: Event | None = None) -> Step:
    """Ask the pending question again."""
    if conversation.stage is Stage.RESUME:
        return _ask_resume(conversation)
    return ENTRIES[conversation.stage](conversation)


# --- commands ---


def start(conversation: Conversation, _: Command) -> Step:
    """Greet somebody new; show anyone else where they stand. Nothing is erased."""
    if conversation.stage in EVERYDAY:
        return show_again(replace(conversation, stage=Stage.HOME))
    return show_again(conversation)


def cancel(conversation: Conversation, command: Command) -> Step:
    """Leave the set-up; the draft is kept for a week."""
    if conversation.stage in EVERYDAY:
        return everyday.cancel(conversation, command)
    match conversation.stage:
        case Stage.CONSENT:
            return Step(conversation, (Hold(""), say("consent.declined")))
        case Stage.CONFIDENCE | Stage.EASIER | Stage.CHECK_IN_TIME:
            return commit.finish(conversation, "evening")
        case stage if stage in LEFT:
            return LEFT[stage](conversation)
        case Stage.GOAL if not conversation.has_goal:
            return Step(conversation, (say("cancel.nothing"),))
        case Stage.GOAL:
            return Step(replace(conversation, stage=Stage.HOME), (say("cancel.home"),))
        case _:
            return aside.leave(conversation, "cancel.stopped")


def back(conversation: Conversation, command: Command) -> Step:
    """Go back one step of the set-up; what was answered there stays until it is answered anew."""
    if conversation.stage in EVERYDAY:
        return everyday.back(conversation, command)
    if conversation.stage is Stage.RESUME:
        return show_again(conversation)
    if conversation.stage in LEFT:
        return LEFT[conversation.stage](conversation)
    trail = conversation.draft.trail
    if not trail:
        return show_again(conversation).after(say("back.first"))
    before = put(replace(conversation, stage=trail[-1]), trail=trail[:-1], tries=0)
    return clarify.back(before) if trail[-1] is Stage.CLARIFY else show_again(before)


def step_back(conversation: Conversation, pressed: Pressed) -> Step:
    """Go back, by the button."""
    return back(conversation, Command(pressed.at, pressed.turn, "back"))


def too_early(conversation: Conversation, _: Command) -> Step:
    """Say that this needs consent first."""
    return consent.ask_after(conversation, "consent.first")


def unknown_command(conversation: Conversation, _: Command) -> Step:
    """Say what there is."""
    return Step(conversation, (say("command.unknown", "help.commands"),))


# --- messages that are not words ---


def no_words(conversation: Conversation, sent: SentOther) -> Step:
    """Say kindly that only words can be read, and ask the pending question again."""
    return show_again(conversation).after(
        say(f"only_text.{unexpected.KINDS.get(sent.what, 'other')}")
    )


# --- taps that came too late, or never belonged here ---


def already_answered(conversation: Conversation, _: Event) -> Step:
    """Answer a stale tap; nothing changes."""
    return Step(conversation, (Toast(Text("tap.stale")),))


def unknown_tap(conversation: Conversation, _: Unknown) -> Step:
    """Answer a tap that means nothing; nothing changes."""
    return Step(conversation, (Toast(Text("tap.unknown")),))


# --- a set-up left lying ---


def has_gone_cold(conversation: Conversation, at: datetime) -> bool:
    """Tell whether the set-up was left so long ago that we ask before going on."""
    under_way = conversation.stage in SETUP and conversation.stage is not Stage.GOAL
    if not under_way or conversation.touched is None:
        return False
    return at - conversation.touched > LIFE


def offer_resume(conversation: Conversation, event: Event) -> Step:
    """Ask whether to go on with the draft; one that is too old is dropped."""
    if conversation.touched and event.at - conversation.touched > DRAFT_LIFE:
        stage = Stage.HOME if conversation.has_goal else Stage.GOAL
        dropped = fresh(conversation, stage)
        return show_again(dropped).after(say("resume.dropped"))
    return _ask_resume(replace(conversation, stage=Stage.RESUME, resume=conversation.stage))


def _ask_resume(conversation: Conversation) -> Step:
    understanding = conversation.draft.understanding
    title = understanding.behaviour or understanding.text if understanding else ""
    return Step(conversation, (say(text("resume.ask", title=title[:80]), buttons=aside.RESUME),))


def go_on(conversation: Conversation, _: Pressed) -> Step:
    """Go on where the draft was left."""
    if conversation.resume is None or conversation.draft.understanding is None:
        return show_again(conversation)
    return show_again(replace(conversation, stage=conversation.resume, resume=None))


def start_afresh(conversation: Conversation, _: Pressed) -> Step:
    """Drop the draft and ask for a goal."""
    return goal.ask(fresh(conversation, Stage.GOAL))
