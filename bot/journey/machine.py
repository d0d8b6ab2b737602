"""The coaching journey as a machine: one step for one event.

Rule 1: whatever decides where a conversation may go is a row in `bot/journey/moves`.
Rule 2: handlers choose words and effects; a row says which stages they may return.
Rule 3: nothing here awaits, reads a clock or raises at a person. What has no row is
answered by asking the pending question again.
"""

from dataclasses import replace

from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Close, Effect, Redraw, Say, Strip
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.moves import MOVES
from bot.journey.rows import Move
from bot.journey.stages import anywhere
from bot.journey.step import Step

_ROWS = {(row.at, row.when): row for row in MOVES}


def advance(conversation: Conversation, event: Event) -> Step:
    """Take one step: what the conversation becomes, and what to do about it."""
    if isinstance(event, Said):
        if event.safety.danger not in anywhere.HARMLESS:
            return _settle(conversation, event, anywhere.ask_for_support(conversation, event))
        if not event.text:
            return _settle(conversation, event, anywhere.show_again(conversation))
        if anywhere.has_gone_cold(conversation, event.at):
            return _settle(conversation, event, anywhere.offer_resume(conversation, event))
    if isinstance(event, Pressed) and not is_live(conversation, event):
        return anywhere.already_answered(conversation, event)
    touched = replace(conversation, touched=event.at)
    row = find(conversation.stage, event)
    if row is None:
        return _settle(conversation, event, anywhere.show_again(touched))
    step = row.do(touched, event)
    if step.conversation.stage not in row.to:
        raise UndeclaredMoveError(row, step.conversation.stage)
    return _settle(conversation, event, step)


def is_live(conversation: Conversation, pressed: Pressed) -> bool:
    """Tell whether the tapped keyboard is the one that waits for an answer."""
    return conversation.open and pressed.prompt == conversation.prompt


def find(stage: Stage, event: Event) -> Move | None:
    """Find the row for an event; a more precise one comes first."""
    keys: tuple[type[Event] | str, ...] = (type(event),)
    if isinstance(event, Pressed):
        keys = (f"{event.action}:{event.argument}", event.action)
    elif isinstance(event, Command):
        keys = (f"/{event.name}", Command)
    return next((_ROWS[stage, key] for key in keys if (stage, key) in _ROWS), None)


def _settle(before: Conversation, event: Event, step: Step) -> Step:
    """Number the new prompt, and take the old keyboard away once it is answered."""
    asks = any(isinstance(effect, Say) and effect.buttons for effect in step.effects)
    redrawn = any(isinstance(effect, Redraw) for effect in step.effects)
    closed = any(isinstance(effect, Close) for effect in step.effects)
    answered = isinstance(event, Pressed) and not redrawn
    after = replace(step.conversation, touched=event.at)
    effects = step.effects
    if answered and not closed and isinstance(event, Pressed):
        effects = (Close(event.message, event.shown, Words(event.label)), *effects)
    if asks:
        if before.open and not answered:
            effects = (Strip(before.prompt), *effects)
        after = replace(after, prompt=before.prompt + 1, open=True)
    elif answered:
        after = replace(after, open=False)
    return Step(after, _joined(effects))


def _joined(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Say in one message what plain texts would say in several."""
    joined: list[Effect] = []
    for effect in effects:
        last = joined[-1] if joined else None
        if isinstance(effect, Say) and isinstance(last, Say) and last == Say(last.content):
            joined[-1] = replace(effect, content=(*last.content, *effect.content))
        else:
            joined.append(effect)
    return tuple(joined)


class UndeclaredMoveError(Exception):
    """A handler went to a stage that its row does not name; the machine's fault."""

    def __init__(self, row: Move, stage: Stage) -> None:
        super().__init__(f"{row.do.__qualname__}: {row.at} -> {stage}")
