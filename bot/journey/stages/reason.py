"""REASON: what got in the way, so that the plan can change and never the person."""

import re
from dataclasses import replace

from bot.journey.asks import AskChange, AskReason
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Close, Effect, Rows, Say
from bot.journey.events import Occasion, OccasionTapped
from bot.journey.found import DaysFound, KnownGoal, ReasonAnswered
from bot.journey.keeps import KeepAnswer
from bot.journey.stages import occasions
from bot.journey.step import Step, rows, say, text, words
from coach.lived import Told, with_reason
from coach.plan_wishes import NewObstacle
from coach.weeks import DayState

CODES = ("tm", "ti", "fo", "mo", "st", "si", "tr", "ha", "ot")
"""What may get in the way, in the order of the buttons; "sk" skips."""

KNOWN = frozenset({*CODES, "ex"})
"""What may be told in words as well: other people, too."""

OBSTACLE = "obstacle"
"""What sets off a change that answers a reason."""

_ARGUMENT = re.compile(r"([a-z]{2})([0-9])")


def ask(conversation: Conversation, occasion: Occasion, told: Told, *, changed: bool) -> Step:
    """Thank for telling, and ask what got in the way."""
    turned = occasions.turn_to(conversation, Stage.REASON, occasion=occasion, place=told.place)
    return Step(turned, (_question(occasion, told.place, _opening(told, changed=changed)),))


def ask_again(conversation: Conversation) -> Step:
    """Ask once more; home, when there is nothing to ask about."""
    everyday = conversation.everyday
    if everyday.occasion is None:
        return Step(replace(conversation, stage=Stage.HOME), (say("reason.skipped"),))
    return Step(conversation, (_question(everyday.occasion, everyday.place, "reason.ask"),))


def _opening(told: Told, *, changed: bool) -> str:
    if told.state is DayState.SKIPPED:
        return "reason.ask_skipped"
    return "reason.ask_changed" if changed else "reason.ask"


def _question(occasion: Occasion, place: int, asked: str) -> Say:
    chips = rows(
        (Button(text(f"reason.{code}"), "rs", f"{code}{place}", occasion) for code in CODES), 3
    )
    skip = ((Button(text("reason.sk"), "rs", f"sk{place}", occasion),),)
    return say(asked, buttons=(*chips, *skip))


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Take a tapped reason, or let it be."""
    cause = found.cause
    read = _ARGUMENT.fullmatch(cause.argument) if isinstance(cause, OccasionTapped) else None
    if not isinstance(cause, OccasionTapped) or read is None:
        return Step(conversation, (say("check_in.gone"),))
    closed = Close(cause.message, cause.shown, words(cause.label))
    known, code = occasions.goal_of(found, cause.occasion.goal), read[1]
    if known is None or code not in KNOWN:
        turned = occasions.turn_to(conversation, Stage.HOME)
        return Step(turned, (closed, say("reason.skipped")))
    return take(conversation, known, cause.occasion, int(read[2]), code).after(closed)


def take(
    conversation: Conversation,
    known: KnownGoal,
    occasion: Occasion,
    place: int,
    code: str,
    note: str = "",
) -> Step:
    """Keep a reason with its answer, and have the coach say one helpful thing about it."""
    told = known.life.answer(occasion.on, place) if known.life else None
    kept: tuple[Effect, ...] = ()
    if known.life is not None and told is not None:
        kept = (KeepAnswer(known.number, with_reason(told, code, known.life), note),)
    return Step(conversation, (*kept, AskReason(known, occasion, place, code)))


def answered(conversation: Conversation, found: ReasonAnswered) -> Step:
    """Say the one line of understanding, with the one option there is; take it if it was chosen."""
    after = found.after
    if found.chosen and after.plan is not None:
        asked = AskChange(found.known, NewObstacle(after.plan), OBSTACLE, after.text)
        return Step(conversation, (asked,))
    turned = occasions.turn_to(conversation, Stage.HOME)
    buttons = _options(found)
    return Step(turned, (say(words(found.after.text), buttons=buttons),))


def _options(found: ReasonAnswered) -> Rows:
    if found.after.pause:
        return ((Button(text("lapse.ps"), "lp", "ps", found.occasion),),)
    if found.after.plan is None or not found.after.option:
        return ()
    take_it = Button(words(found.after.option), "ro", f"{found.code}{found.place}", found.occasion)
    keep_it = Button(text("reason.keep"), "ro", f"no{found.place}", found.occasion)
    return ((take_it,), (keep_it,))


def take_option(conversation: Conversation, found: DaysFound) -> Step:
    """Put the option into the plan in place of the obstacle plan, or keep the plan as it is."""
    cause = found.cause
    read = _ARGUMENT.fullmatch(cause.argument) if isinstance(cause, OccasionTapped) else None
    if not isinstance(cause, OccasionTapped) or read is None:
        return Step(conversation, (say("check_in.gone"),))
    closed = Close(cause.message, cause.shown, words(cause.label))
    known = occasions.goal_of(found, cause.occasion.goal)
    if known is None or read[1] not in KNOWN:
        return Step(conversation, (closed,))
    asked = AskReason(known, cause.occasion, int(read[2]), read[1], chosen=True)
    return Step(conversation, (closed, asked))
