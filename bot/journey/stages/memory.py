"""MEMORY: what is remembered of a person, where each fact comes from, and how to forget it."""

from bot.journey import aside
from bot.journey.asks import AskMemory
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Rows
from bot.journey.events import Command, Pressed, Said
from bot.journey.found import MemoryFound
from bot.journey.keeps import Forget, KeepFact
from bot.journey.step import Step, button, rows, say, text
from coach.memory import Fact
from coach.values import Danger

LONGEST = 200
"""Characters of a fact added by hand."""

PAGE = 5
"""Facts on one card, so that each can have a button beside [More], [Forget all] and [Done]."""

SURE: Rows = ((button("memory.forget_all", "mm", "yes"), button("memory.keep", "mm", "list")),)


def start(conversation: Conversation, command: Command) -> Step:
    """Show what is remembered, with what came with the command added; a set-up waits."""
    opened = aside.step_aside(conversation, Stage.MEMORY)
    return _add(opened, command.argument) if command.argument.strip() else ask(opened)


def ask(conversation: Conversation) -> Step:
    """Show what is remembered."""
    return Step(conversation, (AskMemory(),))


def tap(conversation: Conversation, pressed: Pressed) -> Step:
    """Look at another page, or forget."""
    return Step(conversation, (AskMemory(pressed.argument),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Remember what was written, unless it tells of anything heavy."""
    if said.safety.danger is not Danger.NONE:
        return ask(conversation).after(say("memory.not_kept"))
    return _add(conversation, said.text)


def close(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Go back to where the person rests."""
    return aside.leave(conversation, "memory.closed")


def found(conversation: Conversation, looked: MemoryFound) -> Step:
    """Go on with what was looked up: show it, ask once more, or forget."""
    match looked.wanted:
        case "all" if looked.facts:
            return Step(conversation, (say("memory.forget_all_ask", buttons=SURE),))
        case "yes":
            gone = (Forget(fact) for fact in looked.facts)
            return _show(conversation, ()).after(*gone, say("memory.forgotten_all"))
        case wanted if wanted.startswith("f"):
            return _forget(conversation, looked, wanted[1:])
        case wanted:
            return _show(conversation, looked.facts, wanted)


def _add(conversation: Conversation, told: str) -> Step:
    """Remember what was written; the card that shows it comes with the next look."""
    kept = " ".join(told.split())
    if len(kept) > LONGEST:
        return ask(conversation).after(say(text("memory.too_long", most=LONGEST)))
    added = say(text("memory.added", told=kept), buttons=((_again(),),))
    return Step(conversation, (KeepFact(kept), added))


def _forget(conversation: Conversation, looked: MemoryFound, key: str) -> Step:
    """Forget one fact; a key that names none of theirs changes nothing."""
    fact = next((one for one in looked.facts if one.key == key), None)
    if fact is None:
        return _show(conversation, looked.facts)
    left = tuple(one for one in looked.facts if one is not fact)
    said = say(text("memory.forgotten", fact=fact.text))
    return _show(conversation, left).after(Forget(fact), said)


def _show(conversation: Conversation, facts: tuple[Fact, ...], page: str = "") -> Step:
    if not facts:
        return Step(conversation, (say("memory.none", buttons=((_done(),),)),))
    first = int(page) if page.isdecimal() and int(page) < len(facts) else 0
    shown = facts[first : first + PAGE]
    lines = [
        text(f"memory.{fact.source}", n=n, fact=fact.text, on=fact.on)
        for n, fact in enumerate(shown, first + 1)
    ]
    forget = (
        Button(text("memory.forget", n=n), "mm", f"f{fact.key}")
        for n, fact in enumerate(shown, first + 1)
    )
    more = (button("memory.more", "mm", str(_next(first, facts))),) if len(facts) > PAGE else ()
    last = (*more, button("memory.forget_all", "mm", "all"), _done())
    return Step(conversation, (say("memory.yours", *lines, buttons=(*rows(forget, 3), last)),))


def _next(first: int, facts: tuple[Fact, ...]) -> int:
    return first + PAGE if first + PAGE < len(facts) else 0


def _again() -> Button:
    return button("memory.show", "mm", "list")


def _done() -> Button:
    return button("memory.done", "mm", "close")
