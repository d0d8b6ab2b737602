"""CHECK_IN: how planned sessions went, told with one tap or in words, and corrected at will."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.journey import local
from bot.journey.asks import AskDays, AskReason
from bot.journey.content import Content
from bot.journey.conversation import Conversation, Noted, Stage
from bot.journey.effects import Button, Effect, Redraw, Rows, Say
from bot.journey.events import Command, Event, Occasion, OccasionTapped, Pressed
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.keeps import KeepAnswer, KeepWhatWorks, WithdrawAnswer
from bot.journey.stages import how_much, occasions, opinions, reason, reflection
from bot.journey.step import Step, button, say, text
from coach.lived import Told
from coach.values import Session
from coach.weeks import DayState

STATES = {
    "d": DayState.DONE,
    "s": DayState.SMALL,
    "p": DayState.PARTLY,
    "m": DayState.MISSED,
    "x": DayState.SKIPPED,
}
"""What the letters on the buttons mean; "c" asks again."""

UNDONE_WITHIN = timedelta(minutes=10)
"""How long /back takes an answer back."""

_ARGUMENT = re.compile(r"([dspmxc])([0-9])")
_DAY = timedelta(days=1)
_LONGEST = 80
_ALONE = (("d", "p"), ("s", "m"), ("x",))
_BESIDE_OTHERS = ("d", "s", "m")
_EVERY_THIRD = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One session of a day, and what was told about it."""

    goal: int
    session: Session
    place: int
    told: Told | None


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
            return _asked(conversation, Occasion(lines[0].goal, on), card(lines, on, today))
    if lines := lines_on(goals, today):
        return _asked(conversation, Occasion(lines[0].goal, today), card(lines, today, today))
    return _nothing_planned(conversation, goals, today)


def _nothing_planned(conversation: Conversation, goals: tuple[KnownGoal, ...], today: date) -> Step:
    """Let somebody tell of what was not planned for today."""
    buttons = tuple(
        (Button(text("check_in.did", title=_cut(one.title, 16)), "ci", "d0", _on(one, today)),)
        for one in goals
    )
    asked = say("check_in.unplanned", buttons=buttons)
    return Step(occasions.turn_to(conversation, Stage.CHECK_IN), (asked,))


def _on(known: KnownGoal, on: date) -> Occasion:
    return Occasion(known.number, on)


def lines_on(goals: tuple[KnownGoal, ...], on: date) -> list[Line]:
    """List the sessions of a day over all goals."""
    return [
        Line(known.number, session, place, known.life.answer(on, place))
        for known in goals
        if known.life is not None
        for place, session in enumerate(known.life.due(on))
    ]


Card = tuple[tuple[Content, ...], Rows]


def card(
    lines: list[Line],
    on: date,
    today: date,
    again: tuple[int, int] | None = None,
    words: int | None = None,
) -> Card:
    """Lay out the question about a day; *again*: ask anew about that goal's session.

    *words* is the number of the wording in which it is asked unasked; 0 reminds of it before.
    """
    shown = [
        replace(line, told=None) if (line.goal, line.place) == again else line for line in lines
    ]
    if len(shown) == 1:
        return _single(shown[0], on, today, words)
    heading = text(f"check_in.several.{_when(on, today)}", day=on)
    if words is not None:
        heading = text(f"nudge.several.{_spoken(on, today)}.{words}")
    content = (heading, *(_line(number, line) for number, line in enumerate(shown, 1)))
    rows = tuple(
        tuple(_choice(line, code, on, number) for code in _BESIDE_OTHERS)
        for number, line in enumerate(shown, 1)
        if line.told is None
    )
    return content, rows


def _spoken(on: date, today: date) -> str:
    return "today" if on == today else "yesterday"


def _single(line: Line, on: date, today: date, words: int | None = None) -> Card:
    session = _sentence(line.session)
    if line.told is not None:
        told = text(f"check_in.told.{line.told.state.value}", session=session)
        change = Button(text("check_in.change"), "ci", f"c{line.place}", Occasion(line.goal, on))
        return (told,), ((change,),)
    asked = text(f"check_in.ask.{_when(on, today)}", session=session, day=on)
    if words is not None:
        asked = text(f"nudge.session.{_spoken(on, today)}.{words}", session=session)
    return (asked,), tuple(tuple(_choice(line, code, on) for code in row) for row in _ALONE)


def _line(number: int, line: Line) -> Content:
    session = _sentence(line.session)
    if line.told is None:
        return text("check_in.line", n=number, session=session)
    return text(f"check_in.line.{line.told.state.value}", n=number, session=session)


def _choice(line: Line, code: str, on: date, number: int = 0) -> Button:
    label = text(f"check_in.numbered.{code}", n=number) if number else text(f"check_in.tap.{code}")
    return Button(label, "ci", f"{code}{line.place}", Occasion(line.goal, on))


def _when(on: date, today: date) -> str:
    if on == today:
        return "today"
    return "yesterday" if on == today - _DAY else "day"


def _sentence(session: Session) -> str:
    said = _cut(session.text, _LONGEST)
    return said[:1].upper() + said[1:]


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _asked(conversation: Conversation, occasion: Occasion, shown: Card) -> Step:
    content, buttons = shown
    turned = occasions.turn_to(conversation, Stage.CHECK_IN, occasion=occasion)
    return Step(turned, (Say(content, buttons),))


# --- an answer, tapped ---


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take a tap: keep what it says, or ask again where somebody wants to correct it."""
    cause = found.cause
    read = _ARGUMENT.fullmatch(cause.argument) if isinstance(cause, OccasionTapped) else None
    if not isinstance(cause, OccasionTapped) or read is None:
        return Step(conversation, (say("check_in.gone"),))
    known, place = occasions.goal_of(found, cause.occasion.goal), int(read[2])
    if known is None:
        return Step(conversation, (say("check_in.gone"),))
    on, today = cause.occasion.on, local.today(conversation, found.at)
    if read[1] == "c":
        lines = lines_on(occasions.living(found.goals), on)
        return Step(
            conversation, (Redraw(cause.message, *card(lines, on, today, (known.number, place))),)
        )
    told = Told(on, place, STATES[read[1]])
    return noted(conversation, found, known, told, message=cause.message)


def noted(
    conversation: Conversation,
    found: DaysFound | WishHeard,
    known: KnownGoal,
    told: Told,
    note: str = "",
    message: int | None = None,
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
    lines = lines_on(after, told.on)
    shown: tuple[Effect, ...] = ()
    if message is not None and lines:
        shown = (Redraw(message, *card(lines, told.on, today)),)
    if before is not None and before.state is told.state and message is not None:
        return Step(conversation, shown)  # a second tap on the same button
    occasion = Occasion(known.number, told.on)
    last = Noted(occasion, told.place, before, found.at)
    turned = occasions.keeping(conversation, noted=last)
    answered = _answered(turned, replace(known, life=life), told, before, today)
    return answered.after(KeepAnswer(known.number, told, note), *shown)


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
        turned = occasions.turn_to(conversation, Stage.HOME)
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
