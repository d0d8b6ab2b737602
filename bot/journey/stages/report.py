"""What somebody tells of a session in words, out of the blue: noted once they say yes."""

from dataclasses import replace
from datetime import date, timedelta

from bot.journey import local
from bot.journey.asks import AskDays
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button
from bot.journey.events import Pressed
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.stages import check_in, occasions
from bot.journey.stages.day_card import Line, lines_on
from bot.journey.step import Step, button, say, text
from coach.lived import Told
from coach.weeks import DayState

_MOST_ASKED = 6
_LABEL = 24
_DAY = timedelta(days=1)


def heard(conversation: Conversation, found: WishHeard) -> Step:
    """Note at once what answers an open check-in; ask first about anything else."""
    goals, today = occasions.living(found.goals), local.today(conversation, found.at)
    # After midnight "yesterday" is the day that has not ended yet.
    on = local.now(conversation, found.at).date() - _DAY if found.told.yesterday else today
    state = found.told.state or DayState.DONE
    told = Told(on, 0, state, found.told.reason, found.told.amount)
    if not goals:
        return Step(conversation, (say("plan.none"),))
    asked = conversation.everyday.occasion
    if conversation.stage is Stage.CHECK_IN and asked is not None:
        on = asked.on if not found.told.yesterday else on
        open_lines = [line for line in told_of(goals, on) if line.told is None]
        if len(open_lines) == 1:
            return note(conversation, found, open_lines[0], replace(told, on=on), found.said.text)
    return confirm(conversation, goals, told, found.said.text)


def told_of(goals: tuple[KnownGoal, ...], on: date) -> list[Line]:
    """List what words about a day may be about: what is open, else what can be corrected."""
    lines = lines_on(goals, on)
    return [line for line in lines if line.told is None] or lines


def confirm(
    conversation: Conversation, goals: tuple[KnownGoal, ...], told: Told, words: str
) -> Step:
    """Ask whether to note it, and for which session where there are several."""
    lines = told_of(goals, told.on)[:_MOST_ASKED]
    turned = occasions.turn_to(conversation, Stage.CHECK_IN, report=told, note=words)
    no = button("report.no", "rp", "n")
    state = told.state.value
    if len(lines) > 1:
        choices = tuple(
            (Button(text("report.which", session=_short(line)), "rp", str(place)),)
            for place, line in enumerate(lines)
        )
        asked = say(f"report.ask_which.{state}", buttons=(*choices, (no,)))
        return Step(turned, (asked,))
    what = lines[0].session.text if lines else goals[0].title or goals[0].text
    question = text(f"report.ask.{state}", session=what[:1].upper() + what[1:])
    return Step(turned, (say(question, buttons=((button("report.yes", "rp", "0"), no),)),))


def _short(line: Line) -> str:
    words = line.session.text
    return words if len(words) <= _LABEL else f"{words[: _LABEL - 1].rstrip()}…"


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes, or note nothing."""
    if conversation.everyday.report is None or not pressed.argument.isdecimal():
        return Step(occasions.turn_to(conversation, Stage.HOME), (say("report.not_noted"),))
    return Step(conversation, (AskDays("rp", pressed),))


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Note what was told about the session that was meant."""
    told, cause = conversation.everyday.report, found.cause
    goals = occasions.living(found.goals)
    if told is None or not isinstance(cause, Pressed) or not goals:
        return Step(occasions.turn_to(conversation, Stage.HOME), (say("report.not_noted"),))
    lines = told_of(goals, told.on)
    words, place = conversation.everyday.note, int(cause.argument)
    if place < len(lines):
        return note(conversation, found, lines[place], told, words)
    return check_in.noted(conversation, found, goals[0], told, words)


def note(
    conversation: Conversation, found: DaysFound | WishHeard, line: Line, told: Told, words: str
) -> Step:
    """Note what was told about a session."""
    known = next((one for one in found.goals if one.number == line.goal), None)
    if known is None:
        return Step(conversation, (say("check_in.gone"),))
    return check_in.noted(conversation, found, known, replace(told, place=line.place), words)
