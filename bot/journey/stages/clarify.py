"""CLARIFY: at most three short questions, one a message, each with taps."""

from dataclasses import replace

from bot.journey.asks import AskFill, AskReading, AskResolution
from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Rows
from bot.journey.events import Pressed, Said
from bot.journey.found import Filled, ResolutionDrafted
from bot.journey.keeps import KeepParked
from bot.journey.stages import resolution
from bot.journey.step import Step, button, fresh, go, put, rows, say, words

SWITCH: Rows = ((button("other_goal.switch", "sw", "y"), button("other_goal.keep", "sw", "n")),)


def ask(conversation: Conversation) -> Step:
    """Ask the pending question."""
    question = conversation.draft.questions[0]
    choices = [Button(Words(option.label), "qa", option.code) for option in question.options]
    widest = max((len(option.label) for option in question.options), default=0)
    buttons = (
        *rows(choices, 2 if widest <= 16 else 1),
        (button("button.you_choose", "qa", "you_choose"), button("button.skip", "qa", "skip")),
    )
    return Step(conversation, (say(words(question.text), buttons=buttons),))


def answer(conversation: Conversation, said: Said) -> Step:
    """Take words as the answer."""
    asked = put(conversation, other="")
    slot = conversation.draft.questions[0].slot
    return Step(asked, (AskFill(slot, said.text, may_differ=True),))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a tapped answer; one that was never offered asks again."""
    question = conversation.draft.questions[0]
    offered = {"you_choose", "skip", *(option.code for option in question.options)}
    if pressed.argument not in offered:
        return ask(conversation)
    return Step(conversation, (AskFill(question.slot, pressed.argument, option=True),))


def proceed(conversation: Conversation, filled: Filled) -> Step:
    """Go on: the next question, or the resolution. What could not be read stays as a note."""
    if filled.other_goal:
        return ask_switch(put(conversation, other=filled.other_goal))
    draft = conversation.draft
    known = put(
        replace(conversation, stage=Stage.CLARIFY),
        understanding=filled.understanding,
        questions=filled.questions,
        answered=(*draft.answered, *draft.questions[:1]),
        trail=(*draft.trail, *([Stage.CLARIFY] if draft.questions else [])),
    )
    if filled.questions:
        return ask(known)
    return Step(known, (AskResolution(),))


def ask_switch(conversation: Conversation) -> Step:
    """Ask whether the other goal just typed is the one to go on with."""
    return Step(conversation, (say("other_goal.ask", buttons=SWITCH),))


def switch(conversation: Conversation, _: Pressed) -> Step:
    """Go on with the other goal; the first one waits on the list."""
    draft = conversation.draft
    if not draft.other:
        return hint(conversation)
    first = (draft.understanding.text,) if draft.understanding else ()
    other = fresh(conversation, Stage.GOAL)
    return Step(other, (KeepParked(first), AskReading(Words(draft.other))))


def keep_first(conversation: Conversation, _: Pressed) -> Step:
    """Go on with the first goal; the other one waits on the list."""
    other = conversation.draft.other
    kept = (KeepParked((other,)),) if other else ()
    return hint(put(conversation, other="")).after(*kept)


def back(conversation: Conversation) -> Step:
    """Ask the question before once more; its answer stays until there is another."""
    draft = conversation.draft
    again = put(
        replace(conversation, stage=Stage.CLARIFY),
        questions=(*draft.answered[-1:], *draft.questions),
        answered=draft.answered[:-1],
    )
    return ask(again)


def drafted(conversation: Conversation, made: ResolutionDrafted) -> Step:
    """Show the resolution."""
    return resolution.show(
        put(
            replace(conversation, stage=Stage.RESOLUTION),
            resolution=made.resolution,
            usual=made.days,
            tries=0,
        )
    )


def hint(conversation: Conversation) -> Step:
    """Ask again, or go on where nothing is left to ask."""
    if conversation.draft.other:
        return ask_switch(conversation)
    if conversation.draft.questions:
        return ask(conversation)
    return Step(go(conversation, Stage.CLARIFY), (AskResolution(),))
