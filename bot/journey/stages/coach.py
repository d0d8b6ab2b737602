"""COACH: a short, personal reply, with at most two things it offers to do."""

from dataclasses import replace

from bot.journey import aside, asking, local
from bot.journey.asks import AskDays
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Rows, Say
from bot.journey.events import Occasion, Pressed, Rated, Subject
from bot.journey.found import DaysFound, KnownGoal, Replied
from bot.journey.stages import change, goal, occasions, pause
from bot.journey.step import Step, button, say, text, words
from coach.values import Action

OFFERED = {
    Action.EASIER: "easier",
    Action.CHANGE_PLAN: "change",
    Action.MOVE: "move",
    Action.MINIMUM: "minimum",
    Action.PAUSE: "pause",
    Action.TALK_TO_SOMEONE: "talk",
}
"""What a reply may offer and we can do, with the argument of its button."""

MOST_OFFERED = 2


def ask(conversation: Conversation) -> Step:
    """Say that we listen."""
    return Step(conversation, (say("home.listening"),))


def reply(conversation: Conversation, replied: Replied) -> Step:
    """Pass the coach's answer on, with what it offers, or with stars once a day."""
    turned = occasions.turn_to(conversation, Stage.COACH)
    said, living = replied.reply.work, occasions.living(replied.goals)
    answer = Say((words(said.text),), scores=replied.reply.scores)
    offers = [OFFERED[action] for action in said.actions if action in OFFERED] if living else []
    if offers:
        buttons = tuple((button(f"coach.{code}", "co", code),) for code in offers[:MOST_OFFERED])
        return Step(turned, (replace(answer, buttons=buttons),))
    if replied.may_rate and living and asking.may_ask_unasked(conversation, replied.at):
        subject = Subject(Rated.REPLY, goal.new_id(replied.turn))
        return Step(turned, (replace(answer, stars=subject),))
    return Step(turned, (answer,))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Do what was offered."""
    match pressed.argument:
        case "change":
            return change.ask(conversation)
        case "pause":
            return pause.ask(aside.step_aside(conversation, Stage.PAUSE))
        case _:
            return _look_up(conversation, pressed)


def _look_up(conversation: Conversation, pressed: Pressed) -> Step:
    return Step(conversation, (AskDays("co", pressed),))


def tapped(conversation: Conversation, found: DaysFound) -> Step:
    """Do what was offered, to the main goal."""
    living, today = occasions.living(found.goals), local.today(conversation, found.at)
    if not living or not isinstance(found.cause, Pressed):
        return Step(conversation, (say("plan.none"),))
    known = living[0]
    match found.cause.argument:
        case "easier":
            return change.scale(conversation, known, today, "easier")
        case "minimum":
            return _minimum(conversation, known, Occasion(known.number, today))
        case _:
            return _move(conversation, known, found)


def _minimum(conversation: Conversation, known: KnownGoal, occasion: Occasion) -> Step:
    """Make the minimum version easy to tell of."""
    minimum = known.life.plan.minimum if known.life else ""
    small: Rows = ((Button(text("coach.small_done"), "ci", "s0", occasion),),)
    turned = occasions.turn_to(conversation, Stage.CHECK_IN, occasion=occasion)
    return Step(turned, (say(text("coach.minimum_now", minimum=minimum), buttons=small),))


def _move(conversation: Conversation, known: KnownGoal, found: DaysFound) -> Step:
    today = local.today(conversation, found.at)
    session = known.life.next_session(today) if known.life else None
    if session is None:
        return change.ask(conversation)
    turned = occasions.turn_to(conversation, Stage.HOME)
    return Step(turned, (say(text("coach.move_where", session=session.text, day=session.on)),))
