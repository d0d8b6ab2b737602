"""OBSTACLE: one thing likely to get in the way, and what to do then."""

from dataclasses import replace

from bot.journey.asks import AskFill, AskPlan
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows
from bot.journey.events import Pressed, Said
from bot.journey.found import Filled
from bot.journey.step import Step, button, go, put, rows, say
from coach.values import Slot

REASONS = ("tm", "ti", "fo", "mo")
"""No time, too tired, forgot, not in the mood."""

LONGEST = 200
"""Characters of an obstacle in the person's own words that are kept."""

BUTTONS: Rows = (
    *rows((button(f"obstacle.{code}", "ob", code) for code in REASONS), 2),
    (button("obstacle.ot", "ob", "ot"), button("obstacle.no", "ob", "no")),
)


def proceed(conversation: Conversation) -> Step:
    """Ask, unless it was asked before; then make the plan."""
    understanding = conversation.draft.understanding
    if understanding is not None and Slot.OBSTACLE in understanding.asked:
        return Step(conversation, (AskPlan(),))
    return ask(go(conversation, Stage.OBSTACLE))


def ask(conversation: Conversation) -> Step:
    """Ask what is most likely to get in the way."""
    return Step(conversation, (say("obstacle.ask", buttons=BUTTONS),))


def take(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a tapped reason; an unknown one asks again."""
    if pressed.argument not in REASONS:
        return ask(conversation)
    return _known(conversation, pressed.argument)


def none_seen(conversation: Conversation, _: Pressed) -> Step:
    """Go on without one."""
    return _known(conversation, None)


def ask_own(conversation: Conversation, _: Pressed) -> Step:
    """Ask for it in the person's words."""
    return Step(conversation, (say("obstacle.own"),))


def note(conversation: Conversation, said: Said) -> Step:
    """Have the person's own words read as the "if"; a yes only says that there is one."""
    if said.agrees:
        return Step(conversation, (say("obstacle.own"),))
    return Step(conversation, (AskFill(Slot.OBSTACLE, said.text.strip()[:LONGEST]),))


def filled(conversation: Conversation, read: Filled) -> Step:
    """Keep the obstacle alone: what else its words tell ("busy on Mondays") is part of it."""
    return _known(conversation, read.understanding.obstacle)


def _known(conversation: Conversation, obstacle: str | None) -> Step:
    understanding = conversation.draft.understanding
    if understanding is None:
        return ask(conversation)
    known = replace(
        understanding,
        obstacle=obstacle,
        asked=(*(slot for slot in understanding.asked if slot is not Slot.OBSTACLE), Slot.OBSTACLE),
    )
    return Step(put(conversation, understanding=known), (AskPlan(),))
