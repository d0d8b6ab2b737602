"""CROWDED: before another goal begins, while others need all there is."""

from dataclasses import replace
from datetime import timedelta

from bot.journey import aside, local
from bot.journey.asks import AskOwned, AskReading
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.events import Command, Pressed, Said
from bot.journey.found import OwnedFound, OwnedGoal
from bot.journey.keeps import KeepParked
from bot.journey.stages import goal
from bot.journey.step import Step, button, fresh, put, say, text

NEW = timedelta(weeks=4)
"""How long a goal counts as new; two of them at once slow each other down."""

MOST_ACTIVE = 3
MOST_PARKED = 10

LONGEST = 500
"""Characters of a goal that are kept on the list."""

ANYWAY = button("crowd.anyway", "cr", "go")
PARK = button("crowd.park", "cr", "park")
LEAVE = button("crowd.leave", "cr", "no")


def start(conversation: Conversation, _: Command) -> Step:
    """Begin another goal, unless that is too much at once; a set-up under way waits."""
    return ask(aside.step_aside(conversation, Stage.CROWDED))


def ask(conversation: Conversation) -> Step:
    """Look whether another goal is too much at once."""
    return Step(conversation, (AskOwned("new"),))


def found(conversation: Conversation, looked: OwnedFound) -> Step:
    """Go on with the goals that were looked up."""
    one = next((g for g in looked.goals if str(g.number) == conversation.about), None)
    match looked.wanted:
        case "anyway":
            return _begin(conversation, one)
        case "park":
            return _park(conversation, looked)
        case _ if looked.wanted.startswith("later "):
            return _keep_for_later(conversation, looked)
        case _:
            return start_another(conversation, looked, one)


def start_another(
    conversation: Conversation, looked: OwnedFound, one: OwnedGoal | None = None
) -> Step:
    """Begin a goal, *one* of the list or a new one; first ask if that makes it a crowd."""
    active = [g for g in looked.goals if g.state == "active" and g.plan and g != one]
    asked = replace(conversation, stage=Stage.CROWDED, about=str(one.number) if one else "")
    if len(active) >= MOST_ACTIVE:
        return Step(asked, (say("crowd.three", buttons=((PARK, LEAVE),)),))
    if any(is_new(g, conversation, looked) for g in active):
        return Step(asked, (say("crowd.ask", buttons=((PARK, ANYWAY),)),))
    return _begin(conversation, one)


def choose(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the choice; anything else asks again."""
    wanted = {"park": "park", "go": "anyway"}.get(pressed.argument, "new")
    return Step(conversation, (AskOwned(wanted),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Take words as a goal for later."""
    return Step(conversation, (AskOwned(f"later {said.text.strip()[:LONGEST]}"),))


def leave(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Begin nothing, and go back to where the person rests."""
    return aside.leave(conversation, "crowd.left")


def is_new(one: OwnedGoal, conversation: Conversation, looked: OwnedFound) -> bool:
    """Tell whether an active goal is in its first four weeks."""
    if one.state != "active" or one.plan is None:
        return False
    today = local.today(conversation, looked.at)
    return today < one.plan.weeks[0].start + NEW


def list_is_full(looked: OwnedFound) -> bool:
    """Tell whether no more goals may wait."""
    return sum(g.state == "parked" for g in looked.goals) >= MOST_PARKED


def _begin(conversation: Conversation, one: OwnedGoal | None) -> Step:
    begun = fresh(replace(conversation, about=""), Stage.GOAL)
    if one is None:
        return goal.ask(begun)
    waiting = Words(one.understanding.text)
    return Step(put(begun, goal=one.number), (AskReading(waiting),))


def _park(conversation: Conversation, looked: OwnedFound) -> Step:
    if conversation.about:
        return aside.leave(conversation, "crowd.waits")
    if list_is_full(looked):
        return aside.leave(conversation, "goals.list_full")
    return Step(conversation, (say("crowd.which"),))


def _keep_for_later(conversation: Conversation, looked: OwnedFound) -> Step:
    told = looked.wanted.removeprefix("later ")
    if list_is_full(looked):
        return aside.leave(conversation, "goals.list_full")
    kept: Text = text("crowd.kept", title=told[:80])
    return aside.leave(conversation, kept).after(KeepParked((told,)))
