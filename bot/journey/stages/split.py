"""SPLIT: one goal at a time; the others wait on the list."""

from bot.journey.asks import AskQuestions, AskReading
from bot.journey.content import Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Rows
from bot.journey.events import Pressed, Said
from bot.journey.keeps import KeepParked
from bot.journey.step import Step, button, put, rows, say, text

LABEL = 24
"""Longest label of a button, in characters."""

SHOWN = 6
"""Goals offered as buttons at most; of a longer list one less, and a button for the rest."""

REPLACE: Rows = ((button("split.take_it", "sw", "y"), button("split.keep_list", "sw", "n")),)


def ask(conversation: Conversation) -> Step:
    """Offer each goal as a button."""
    if conversation.draft.other:
        return _ask_replace(conversation)
    parts = conversation.draft.parts
    first = SHOWN if len(parts) <= SHOWN else SHOWN - 1
    return _offer(conversation, range(min(first, len(parts))), more=first < len(parts))


def show_more(conversation: Conversation, _: Pressed) -> Step:
    """Offer the rest of a long list."""
    return _offer(conversation, range(SHOWN - 1, len(conversation.draft.parts))[:SHOWN])


def _offer(conversation: Conversation, places: range, more: bool = False) -> Step:
    draft = conversation.draft
    choices = [Button(Words(shorten(draft.parts[n])), "pk", str(n)) for n in places]
    ways = [button("split.one_goal", "pk", "all"), button("button.you_choose", "pk", "any")]
    if draft.small is not None:
        choices.append(button("split.both", "pk", "both"))
    if more:
        choices.append(button("split.more", "pk", "more"))
    asked = text("split.ask", n=len(draft.parts))
    return Step(conversation, (say(asked, buttons=(*rows(choices, 1), *rows(ways, 2))),))


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


def begin_both(conversation: Conversation, _: Pressed) -> Step:
    """Start with the larger of two goals and keep the small one beside it, as a habit."""
    parts, small = conversation.draft.parts, conversation.draft.small
    if small is None:
        return ask(conversation)
    larger = next(part for place, part in enumerate(parts) if place != small)
    return Step(
        conversation, (KeepParked((parts[small],), as_habit=True), AskReading(Words(larger)))
    )


def choose_in_words(conversation: Conversation, said: Said) -> Step:
    """Match words against the goals found; other words may replace the list, once confirmed."""
    wanted = said.text.casefold()
    matches = [part for part in conversation.draft.parts if wanted in part.casefold()]
    if len(matches) == 1:
        return _begin(conversation, matches[0])
    return _ask_replace(put(conversation, other=said.text))


def _ask_replace(conversation: Conversation) -> Step:
    return Step(conversation, (say("split.replace", buttons=REPLACE),))


def replace_list(conversation: Conversation, _: Pressed) -> Step:
    """Read the new words as the goal."""
    if not conversation.draft.other:
        return ask(conversation)
    return Step(conversation, (AskReading(Words(conversation.draft.other)),))


def keep_list(conversation: Conversation, _: Pressed) -> Step:
    """Go on with the list."""
    return ask(put(conversation, other=""))


def most_specific(parts: tuple[str, ...]) -> str:
    """Choose the goal that says a number, then the shorter one."""
    return min(parts, key=lambda part: (not any(map(str.isdigit, part)), len(part)))


def _begin(conversation: Conversation, part: str) -> Step:
    others = tuple(other for other in conversation.draft.parts if other != part)
    return Step(conversation, (KeepParked(others), AskReading(Words(part))))
