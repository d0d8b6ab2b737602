"""PAUSE, PAUSED and RETURN: nothing is sent, nothing counts, and the way back is easy."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.journey import aside, local
from bot.journey.asks import AskOwned, AskPauseEnd, AskReply, AskWish
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Rows
from bot.journey.events import Command, Pressed, Said
from bot.journey.found import OwnedFound, OwnedGoal, PauseEndRead, Replied
from bot.journey.keeps import KeepPreferences, KeepReturn, KeepStanding
from bot.journey.stages import goals, undo
from bot.journey.step import Step, button, say, text, words
from coach.preferences import Pause
from coach.values import Wish

DAYS = {"3": 3, "7": 7, "14": 14}
OPEN = "open"
CLOSE = "pause.close"
"""What goals are looked up for where one is to be closed."""

LONG = timedelta(days=7)
"""A pause longer than this is followed by an easier week."""

BUTTONS: Rows = (
    (button("pause.3", "ps", "3"), button("pause.7", "ps", "7"), button("pause.14", "ps", "14")),
    (button("pause.open", "ps", OPEN), button("pause.no", "ps", "no")),
)
STILL: Rows = (
    (button("paused.go_on", "ps", "go"), button("paused.keep", "ps", "keep")),
    (button("paused.close", "ps", "close"),),
)
SHALL_I: Rows = ((button("pause.rest", "ps", "keep"), button("paused.go_on", "ps", "go")),)
BACK: Rows = (
    (button("return.same", "rn", "same"), button("return.easier", "rn", "easier")),
    (button("return.new", "rn", "new"),),
)


def start(conversation: Conversation, command: Command) -> Step:
    """Ask for how long, unless the command says so; somebody paused is told so."""
    pause = conversation.preferences.pause
    if pause is None:
        asking = aside.step_aside(conversation, Stage.PAUSE)
        if command.argument.strip():
            return listen_until(asking, Said(command.at, command.turn, command.argument))
        return ask(asking)
    if pause.until is None:
        return still(conversation)
    return ask_paused(aside.step_aside(conversation, Stage.PAUSED))


def still(conversation: Conversation) -> Step:
    """Ask whether a pause without an end goes on."""
    paused = aside.step_aside(conversation, Stage.PAUSED)
    return Step(paused, (say("paused.ask_still", buttons=STILL),))


def came_due(conversation: Conversation) -> Step:
    """End a pause whose last day has come; ask whether one without an end goes on."""
    pause = conversation.preferences.pause
    if pause is None or pause.until is None:
        return still(conversation)
    back_again = aside.step_aside(conversation, Stage.RETURN)
    return Step(back_again, (AskOwned("return.over"),))


def shall_i(conversation: Conversation, at: datetime) -> Step:
    """Ask somebody who has been silent for long whether to pause, and rest until they answer."""
    preferred = replace(conversation.preferences, pause=Pause(at))
    paused = replace(aside.step_aside(conversation, Stage.PAUSED), preferences=preferred)
    return Step(paused, (KeepPreferences(preferred), say("pause.shall_i", buttons=SHALL_I)))


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


def listen_until(conversation: Conversation, said: Said) -> Step:
    """Have words read as the end of the pause."""
    return Step(conversation, (AskPauseEnd(said),))


def end_read(conversation: Conversation, read: PauseEndRead) -> Step:
    """Pause until the day that was named; go where the words belong, or say they were unclear."""
    resting = aside.base(conversation)
    if _belongs_elsewhere(read) and resting is Stage.HOME:
        return Step(aside.step_aside(conversation, resting), (AskWish(read.said),))
    if read.day is None:
        return ask(conversation).after(say("pause.unclear"))
    days = read.day - local.today(conversation, read.at)
    return begin(conversation, Pause(read.at, read.at + days))


def _belongs_elsewhere(read: PauseEndRead) -> bool:
    """Tell whether the words report, ask or wish for something; a mere yes or no does not."""
    if read.wish is Wish.QUESTION:
        return True
    return read.wish not in {Wish.PAUSE, Wish.TALK} and not read.said.no_goal


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


def keep(conversation: Conversation, _: Pressed) -> Step:
    """Stay paused."""
    return ask_paused(conversation)


def go_on(conversation: Conversation, _: Pressed) -> Step:
    """Ask how to go on, by the button."""
    return resume_now(conversation)


def close(conversation: Conversation, _: Pressed) -> Step:
    """Look up which goal there is to close."""
    return Step(conversation, (AskOwned(CLOSE),))


def found(conversation: Conversation, looked: OwnedFound) -> Step:
    """Let the one goal under way go, which ends the pause; of several the person chooses."""
    if looked.wanted != CLOSE:
        return undo.found(conversation, looked)
    under_way = [one for one in looked.goals if one.state == "active"]
    if len(under_way) != 1:
        return goals.show_list(aside.step_aside(conversation, Stage.GOALS), looked)
    preferred = replace(conversation.preferences, pause=None)
    rested = replace(conversation, preferences=preferred)
    closed = aside.leave(rested, text("lapse.let_go", title=under_way[0].title))
    return closed.after(KeepPreferences(preferred), KeepStanding(under_way[0].number, "parked"))


def listen(conversation: Conversation, said: Said) -> Step:
    """Have the coach answer, without pushing; a pause that ended by itself is over now."""
    pause = conversation.preferences.pause
    answer = (words(said.answer),) if said.answer else ()
    if pause is None or pause.is_over(said.at):
        return resume_now(conversation).after(*(say(one) for one in answer))
    if answer:
        return Step(conversation, (say(*answer, "paused.still"),))
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
    over = ("return.over",) if looked.wanted == "return.over" else ()
    step = aside.leave(rested, *over, "return.eased" if easier else "return.again")
    return step.after(*effects)


def _main(looked: OwnedFound) -> OwnedGoal | None:
    return next((g for g in looked.goals if g.state == "active" and g.plan), None)


def _local(conversation: Conversation, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(conversation.zone or "UTC"))
