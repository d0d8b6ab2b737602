"""PAUSE, PAUSED and RETURN: nothing is sent, nothing counts, and the way back is easy."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.journey import aside
from bot.journey.asks import AskOwned, AskReply
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Rows
from bot.journey.events import Command, OwnedFound, OwnedGoal, Pressed, Replied, Said
from bot.journey.keeps import KeepPreferences, KeepReturn
from bot.journey.stages import goals
from bot.journey.step import Step, button, say, text, words
from coach.preferences import Pause

DAYS = {"3": 3, "7": 7, "14": 14}
OPEN = "open"

LONG = timedelta(days=7)
"""A pause longer than this is followed by an easier week."""

BUTTONS: Rows = (
    (button("pause.3", "ps", "3"), button("pause.7", "ps", "7"), button("pause.14", "ps", "14")),
    (button("pause.open", "ps", OPEN), button("pause.no", "ps", "no")),
)
BACK: Rows = (
    (button("return.same", "rn", "same"), button("return.easier", "rn", "easier")),
    (button("return.new", "rn", "new"),),
)


def start(conversation: Conversation, _: Command) -> Step:
    """Ask for how long; somebody paused is told so."""
    if conversation.preferences.pause is not None:
        return ask_paused(aside.step_aside(conversation, Stage.PAUSED))
    return ask(aside.step_aside(conversation, Stage.PAUSE))


def ask(conversation: Conversation) -> Step:
    """Ask for how long."""
    return Step(conversation, (say("pause.ask", buttons=BUTTONS),))


def choose(conversation: Conversation, pressed: Pressed) -> Step:
    """Pause for as long as was tapped; an unknown choice asks again."""
    if pressed.argument == OPEN:
        return begin(conversation, Pause(pressed.at))
    days = DAYS.get(pressed.argument)
    if days is None:
        return ask(conversation)
    return begin(conversation, Pause(pressed.at, pressed.at + timedelta(days=days)))


def decline(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Pause nothing."""
    return aside.leave(conversation, "pause.declined")


def begin(conversation: Conversation, pause: Pause) -> Step:
    """Pause everything."""
    preferred = replace(conversation.preferences, pause=pause)
    paused = replace(conversation, stage=Stage.PAUSED, preferences=preferred)
    return ask_paused(paused).after(KeepPreferences(preferred))


def ask_paused(conversation: Conversation) -> Step:
    """Say until when everything is paused."""
    pause = conversation.preferences.pause
    if pause is None or pause.until is None:
        return Step(conversation, (say("paused.open"),))
    last = _local(conversation, pause.until)
    return Step(conversation, (say(text("paused.until", day=last.date())),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Have the coach answer, without pushing; a pause that ended by itself is over now."""
    pause = conversation.preferences.pause
    if pause is None or pause.is_over(said.at):
        return resume_now(conversation)
    return Step(conversation, (AskReply(said.text),))


def reply(conversation: Conversation, replied: Replied) -> Step:
    """Pass the coach's answer on, and nothing else."""
    answer = say(words(replied.reply.work.text), "paused.still")
    return Step(conversation, (replace(answer, scores=replied.reply.scores),))


def resume(conversation: Conversation, _: Command) -> Step:
    """Ask how to go on after the pause; where nothing is paused, say so."""
    if conversation.preferences.pause is None:
        return Step(conversation, (say("resume.nothing"),))
    return resume_now(conversation)


def resume_now(conversation: Conversation) -> Step:
    """Ask how to go on after the pause."""
    return ask_return(aside.step_aside(conversation, Stage.RETURN))


def ask_return(conversation: Conversation) -> Step:
    """Ask how to go on after a pause."""
    return Step(conversation, (say("return.ask", buttons=BACK),))


def take_return(conversation: Conversation, pressed: Pressed) -> Step:
    """Look up the goals to go on with; an unknown choice asks again."""
    if pressed.argument not in {"same", "easier", "new"}:
        return ask_return(conversation)
    return Step(conversation, (AskOwned(f"return.{pressed.argument}"),))


def leave_return(conversation: Conversation, _: Command | Said | None = None) -> Step:
    """Go on with the same plan, where no button was tapped."""
    return Step(conversation, (AskOwned("return.same"),))


def back(conversation: Conversation, looked: OwnedFound) -> Step:
    """Move every plan by the pause, and go on as chosen."""
    pause = conversation.preferences.pause
    preferred = replace(conversation.preferences, pause=None)
    rested = replace(conversation, stage=aside.base(conversation), preferences=preferred)
    effects: tuple[Effect, ...] = (KeepPreferences(preferred),)
    if pause is None:
        return Step(rested, (*effects, say("return.again")))
    paused_for = looked.at - pause.since
    easier = looked.wanted == "return.easier" or paused_for > LONG
    here = ZoneInfo(conversation.zone or "UTC")
    since, now = (at.astimezone(here).date() for at in (pause.since, looked.at))
    effects = (*effects, KeepReturn(since, now, easier))
    main = _main(looked)
    if looked.wanted == "return.new" and main is not None:
        return goals.begin_again(rested, main, looked).after(*effects)
    key = "return.eased" if easier else "return.again"
    step = aside.leave(rested, key)
    return step.after(*effects)


def _main(looked: OwnedFound) -> OwnedGoal | None:
    return next((g for g in looked.goals if g.state == "active" and g.plan), None)


def _local(conversation: Conversation, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(conversation.zone or "UTC"))
