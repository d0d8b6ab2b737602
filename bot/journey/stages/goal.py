"""GOAL: get the goal in the person's own words."""

from dataclasses import replace

from bot.journey.asks import AskReading, AskResolution
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Button, Rows
from bot.journey.events import Pressed, Said
from bot.journey.found import GoalRead
from bot.journey.stages import clarify, resize, split
from bot.journey.step import Step, button, fresh, put, rows, say, words
from bot.journey.unexpected import PATIENCE
from coach.values import Reading, Route

_ID_BITS = 63

AREAS = ("fitness", "nutrition", "sleep", "mind", "learning", "career", "money", "organisation")
"""The areas offered to somebody who is not sure yet."""

EXAMPLES: Rows = (
    *rows((Button(Text(f"goal.example.{n}"), "eg", str(n)) for n in range(4)), 2),
    (button("goal.unsure", "eg", "x"),),
)


def ask(conversation: Conversation) -> Step:
    """Ask for a goal, with examples to tap."""
    return Step(conversation, (say("goal.ask", buttons=EXAMPLES),))


def note(conversation: Conversation, said: Said) -> Step:
    """Have the words read as a goal."""
    return Step(conversation, (AskReading(Words(said.text)),))


def take_example(conversation: Conversation, pressed: Pressed) -> Step:
    """Take an example as if it had been typed; an unknown one asks again."""
    if pressed.argument not in {"0", "1", "2", "3"}:
        return ask(conversation)
    return Step(conversation, (AskReading(Text(f"goal.example.{pressed.argument}")),))


def offer_areas(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Help somebody who is not sure: offer areas of life."""
    buttons = rows((Button(Text(f"area.{area}"), "ar", area) for area in AREAS), 2)
    return Step(conversation, (say("goal.which_area", buttons=buttons),))


def take_area(conversation: Conversation, pressed: Pressed) -> Step:
    """Ask what would be different in that area; the answer is read as the goal."""
    if pressed.argument not in AREAS:
        return ask(conversation)
    return Step(conversation, (say(f"goal.picture.{pressed.argument}"),))


def read(conversation: Conversation, found: GoalRead) -> Step:
    """Go where the goal leads: questions, a choice, a resolution, or kindly back."""
    reading = found.reading
    started = replace(
        conversation,
        resume=None,
        draft=Draft(
            understanding=reading.understanding,
            goal=conversation.draft.goal,
            trail=(Stage.GOAL,),
        ),
    )
    match reading.route:
        case Route.SPLIT:
            return split.ask(
                put(replace(started, stage=Stage.SPLIT), parts=reading.parts, small=reading.small)
            )
        case Route.RESIZE:
            offered = put(replace(started, stage=Stage.RESIZE), options=reading.options)
            return resize.ask(offered).after(say(words(reading.reply)))
        case Route.COACH | Route.CLARIFY if reading.questions:
            asked = put(replace(started, stage=Stage.CLARIFY), questions=reading.questions)
            heard = (say(words(reading.reply)),) if reading.reply else ()
            return clarify.ask(asked).after(*heard)
        case Route.COACH | Route.CLARIFY:
            return Step(replace(started, stage=Stage.CLARIFY), (AskResolution(),))
        case Route.REDIRECT | Route.REPROMPT:
            return _not_yet(conversation, reading)
        case Route.REFUSE | Route.REFER | Route.CRISIS:
            return Step(fresh(conversation, Stage.GOAL), (say(words(reading.reply)),))


def _not_yet(conversation: Conversation, reading: Reading) -> Step:
    """Answer what is no goal; whoever is unsure, or tried often, may choose from what there is."""
    tries = conversation.draft.tries + 1 if conversation.stage is Stage.GOAL else 1
    again = put(fresh(conversation, Stage.GOAL), tries=tries)
    if reading.unsure:
        return offer_areas(again).after(say(words(reading.reply)))
    if tries >= PATIENCE:
        return offer_areas(again).after(say(words(reading.reply), "unclear.easier"))
    return Step(again, (say(words(reading.reply), buttons=EXAMPLES),))


def new_id(turn: str) -> int:
    """Make a goal's id of the turn that keeps it first: random enough, and the same if repeated."""
    return int(turn.replace("-", ""), 16) % 2**_ID_BITS
