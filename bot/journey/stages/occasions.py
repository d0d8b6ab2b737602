"""Occasions: buttons about a goal's day act at every stage, and where everyday talk goes next."""

from dataclasses import replace
from datetime import timedelta

from bot.journey import aside, local
from bot.journey.asks import AskDays
from bot.journey.conversation import EVERYDAY, SCREENS, Conversation, Everyday, Stage
from bot.journey.events import OccasionTapped
from bot.journey.found import DaysFound, KnownGoal, WishHeard
from bot.journey.step import Step

OPEN_FOR = {
    "ci": timedelta(days=6),
    "am": timedelta(days=6),
    "rs": timedelta(days=6),
    "ro": timedelta(days=6),
    "wr": timedelta(days=13),  # a review is named by the first day of its week
    "wp": timedelta(days=13),
    "lp": timedelta(days=7),
    "fn": timedelta(days=60),
    "kp": timedelta(days=60),
    "sp": timedelta(days=7),
}
"""How long after its day a button still acts."""


def is_open(conversation: Conversation, tapped: OccasionTapped) -> bool:
    """Tell whether a button still acts: its day has come, and has not passed long ago."""
    passed = local.now(conversation, tapped.at).date() - tapped.occasion.on
    return timedelta() <= passed <= OPEN_FOR[tapped.action]


def look_up(conversation: Conversation, tapped: OccasionTapped) -> Step:
    """Look up the days that a button is about."""
    return Step(conversation, (AskDays(tapped.action, tapped),))


def goal_of(found: DaysFound | WishHeard, number: int) -> KnownGoal | None:
    """Find a goal that is being lived."""
    return next((one for one in living(found.goals) if one.number == number), None)


def living(goals: tuple[KnownGoal, ...]) -> tuple[KnownGoal, ...]:
    """List the goals that have a plan and are active, the main one first."""
    return tuple(one for one in goals if one.life is not None)


def turn_to(conversation: Conversation, stage: Stage, **everyday: object) -> Conversation:
    """Go on in everyday talk, remembering what it is about; a set-up under way stays where it is.

    A question closes a screen that is open, or its answer in words would be taken there. What the
    stage left behind asked about is forgotten; the way back of the last answer is not.
    """
    if stage is not Stage.HOME and conversation.stage in SCREENS and _rests_at_home(conversation):
        closed = aside.step_aside(conversation, Stage.HOME)
        conversation = replace(closed, open=False)  # its buttons belong to the screen
    was = conversation.everyday
    kept = Everyday(noted=was.noted, lapse_on=was.lapse_on, emoji_on=was.emoji_on)
    now = replace(kept, **everyday)  # pyright: ignore[reportArgumentType] -- names are checked by replace
    if conversation.stage not in EVERYDAY:
        return replace(
            conversation, everyday=replace(now, occasion=None, what_worked=False, how_much=False)
        )
    return replace(conversation, stage=stage, everyday=now)


def _rests_at_home(conversation: Conversation) -> bool:
    return aside.base(conversation) is Stage.HOME


def keeping(conversation: Conversation, **everyday: object) -> Conversation:
    """Note something about everyday talk and stay."""
    noted = replace(conversation.everyday, **everyday)  # pyright: ignore[reportArgumentType] -- names are checked by replace
    return replace(conversation, everyday=noted)


def is_everyday(conversation: Conversation) -> bool:
    """Tell whether words may be taken as everyday talk, with no set-up under way."""
    return conversation.stage in EVERYDAY
