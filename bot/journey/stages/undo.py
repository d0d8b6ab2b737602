"""/undo and /why: the last change of a plan, taken back or told."""

from datetime import date

from bot.journey import local
from bot.journey.asks import AskOwned
from bot.journey.content import PlanCard, Text
from bot.journey.conversation import Conversation
from bot.journey.effects import Say
from bot.journey.events import Command
from bot.journey.found import OwnedFound, OwnedGoal
from bot.journey.keeps import KeepRestored
from bot.journey.step import Step, say, text
from coach.lived import Lived

UNDO = "undo"
TOLD = {"person", "undo", "pause", "review", "stars", "lapse"}
"""What may set off a change and has a sentence of its own."""

WISHED = {"easier", "harder", "more"}
"""What a person may tap instead of saying why."""


def look_up(conversation: Conversation, command: Command) -> Step:
    """Look up what the command is about."""
    return Step(conversation, (AskOwned(command.name),))


def found(conversation: Conversation, looked: OwnedFound) -> Step:
    """Take back or tell the last change of the main goal's plan."""
    main = next((g for g in looked.goals if g.state == "active" and g.plan), None)
    if main is None:
        return Step(conversation, (say("plan.none"),))
    if looked.wanted == UNDO:
        return _undo(conversation, main, local.today(conversation, looked.at))
    return Step(conversation, (_why(main),))


def _undo(conversation: Conversation, main: OwnedGoal, today: date) -> Step:
    change = main.undoable
    if change is None:
        return Step(conversation, (say("undo.nothing"),))
    if change.trigger == "pause":
        return Step(conversation, (say("undo.after_pause"),))
    kept = KeepRestored(main.number, change.understanding, change.plan, UNDO, again=change.version)
    ahead = Lived(change.plan, change.understanding).ahead(today)
    told = say(text("undo.done", title=main.title), PlanCard(ahead), "undo.again")
    return Step(conversation, (kept, told))


def _why(main: OwnedGoal) -> Say:
    change = main.change
    if change is not None and change.because in WISHED:
        return say(text(f"why.wished.{change.because}", title=main.title))
    if change is not None and change.trigger == "asked":
        return say(text("why.asked", title=main.title, said=change.because))
    if change is not None and change.because:
        return say(text("why.because", title=main.title, because=change.because))
    if change is not None:
        trigger = change.trigger if change.trigger in TOLD else "other"
        return say(text(f"why.{trigger}", title=main.title))
    return say(text("why.fresh", title=main.title), *_facts(main))


def _facts(main: OwnedGoal) -> tuple[Text, ...]:
    """Say what a plan that never changed was made from."""
    resolution = main.resolution
    if resolution is None:
        return ()
    lines: list[Text] = []
    if resolution.from_person:
        lines.append(text("resolution.from_you", what=", ".join(resolution.from_person)))
    if resolution.suggestions:
        lines.append(text("resolution.suggested", what=", ".join(resolution.suggestions)))
    return tuple(lines)
