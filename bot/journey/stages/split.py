"""SPLIT: one goal at a time; the others wait on the list."""

from bot.journey.asks import AskQuestions, AskReading
from bot.journey.content import Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button
from bot.journey.events import Pressed, Said
from bot.journey.keeps import KeepParked
from bot.journey.step import Step, button, rows, say, text

LABEL = 24
"""Longest label of a button, in characters."""

SHOWN = 6
"""Goals offered as buttons; a longer list keeps the rest parked."""


def ask(conversation: Conversation) -> Step:
    """Offer each goal as a button."""
    parts = conversation.draft.parts
    choices = [
        Button(Words(shorten(part)), "pk", str(place)) for place, part in enumerate(parts[:SHOWN])
    ]
    buttons = (
        *rows(choices, 1),
        (button("split.one_goal", "pk", "all"), button("button.you_choose", "pk", "any")),
    )
    return Step(conversation, (say(text("split.ask", n=len(parts)), buttons=buttons),))


def shorten(part: str) -> str:
    """Cut a goal so that it fits a button."""
    return part if len(part) <= LABEL else part[: LABEL - 1].rstrip() + "…"


def pick(conversation: Conversation, pressed: Pressed) -> Step:
    """Start with the goal tapped and park the others; an unknown choice asks again."""
    parts = conversation.draft.parts
    chosen = pressed.argument
    if chosen == "any":
        return _begin(conversation, most_specific(parts))
    if chosen.isdecimal() and int(chosen) < len(parts):
        return _begin(conversation, parts[int(chosen)])
    return ask(conversation)


def keep_whole(conversation: Conversation, _: Pressed) -> Step:
    """Take all of it as one goal."""
    return Step(conversation, (AskQuestions(),))


def choose_in_words(conversation: Conversation, said: Said) -> Step:
    """Match words against the goals found; anything else is read as a new goal."""
    wanted = said.text.casefold()
    matches = [part for part in conversation.draft.parts if wanted in part.casefold()]
    if len(matches) == 1:
        return _begin(conversation, matches[0])
    return Step(conversation, (AskReading(Words(said.text)),))


def most_specific(parts: tuple[str, ...]) -> str:
    """Choose the goal that says a number, then the shorter one."""
    return min(parts, key=lambda part: (not any(map(str.isdigit, part)), len(part)))


def _begin(conversation: Conversation, part: str) -> Step:
    others = tuple(other for other in conversation.draft.parts if other != part)
    return Step(conversation, (KeepParked(others), AskReading(Words(part))))
