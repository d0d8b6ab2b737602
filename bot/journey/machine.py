"""The coaching journey as a machine: one step for one event.

Rule 1: whatever decides where a conversation may go is a row in `bot/journey/moves`.
Rule 2: handlers choose words and effects; a row says which stages they may return.
Rule 3: nothing here awaits, reads a clock or raises at a person. What has no row is
answered by asking the pending question again.
"""

from dataclasses import replace

from bot.journey import asking, unexpected
from bot.journey.content import Words
from bot.journey.conversation import SAFETY, SETUP, Conversation, Stage
from bot.journey.effects import Close, Effect, Redraw, Say, Strip
from bot.journey.events import (
    Command,
    Due,
    Event,
    OccasionTapped,
    Pressed,
    Said,
    SentOther,
    SubjectTapped,
)
from bot.journey.found import DaysFound, DueFound
from bot.journey.moves import MOVES
from bot.journey.rows import ALARM, STANDING, Move
from bot.journey.stages import anywhere, consent, data, hold, occasions, safety
from bot.journey.step import Step, say

NO_PLAN = (say("plan.none"),)
ON_THE_WAY = {*SETUP} - {Stage.GOAL}
"""Where a goal was named, but no plan is agreed on."""

_ROWS = {(row.at, row.when): row for row in MOVES}


def advance(conversation: Conversation, event: Event) -> Step:
    """Take one step: what the conversation becomes, and what to do about it."""
    conversation = hold.released(conversation, event.at)
    if isinstance(event, Due | DueFound):
        return _moved(conversation, event)
    if isinstance(event, Said):
        return _heard(conversation, event)
    if isinstance(event, Pressed):
        if not is_live(conversation, event):
            return anywhere.already_answered(conversation, event)
        conversation = replace(conversation, before=None)
    if not stands(event) and consent.is_due(conversation, event):
        return _settle(conversation, event, consent.renew(conversation, event))
    if isinstance(event, Command) and find(conversation, event) is None:
        conversation = data.left(conversation)
    if isinstance(event, OccasionTapped) and not occasions.is_open(conversation, event):
        return anywhere.already_answered(conversation, event)
    return _moved(conversation, event)


def _heard(conversation: Conversation, said: Said) -> Step:
    """Listen: for danger first, then for what is no answer, then by the table."""
    listening = data.left(conversation)
    if listening.stage in SAFETY or safety.alarms(listening, said):
        return _moved(replace(listening, before=None), said)
    if safety.takes_only_taps(listening, said.at):
        tapping = anywhere.show_again(listening).after(say("safety.only_taps"))
        return _settle(listening, said, tapping)
    if consent.is_due(conversation, said):
        return _settle(conversation, said, consent.renew(conversation, said))
    speaking, lines = unexpected.speak(listening, said)
    if conversation.stage is Stage.DATA:
        lines = (say("delete.only_the_button"), *lines)
    step = _settle(conversation, said, _listened(speaking, said).after(*lines))
    before = unexpected.remembered(conversation, said, step.effects)
    return Step(replace(step.conversation, before=before), step.effects)


def _listened(conversation: Conversation, said: Said) -> Step:
    if not said.text:
        return anywhere.show_again(conversation)
    if anywhere.has_gone_cold(conversation, said.at):
        return anywhere.offer_resume(conversation, said)
    if conversation.stage in unexpected.CAPTURING and unexpected.is_emoji(said.text):
        return anywhere.no_words(conversation, SentOther(said.at, said.turn, "sticker"))
    answered = unexpected.answer_to_question(conversation, said)
    if answered:
        return anywhere.show_again(conversation).after(say(*answered))
    return _by_table(conversation, said)


def _moved(conversation: Conversation, event: Event) -> Step:
    return _settle(conversation, event, _by_table(conversation, event))


def _by_table(conversation: Conversation, event: Event) -> Step:
    touched = replace(conversation, touched=event.at)
    row = find(conversation, event)
    if row is None:
        pending = safety.pending if conversation.stage in SAFETY else anywhere.show_again
        return pending(touched)
    step = row.do(touched, event)
    if step.conversation.stage not in row.to:
        raise UndeclaredMoveError(row, step.conversation.stage)
    if step.effects == NO_PLAN and conversation.stage in ON_THE_WAY:
        return anywhere.show_again(touched).after(say("plan.not_yet"))
    return step


def is_live(conversation: Conversation, pressed: Pressed) -> bool:
    """Tell whether the tapped keyboard is the one that waits for an answer, or always stands."""
    if stands(pressed):
        return True
    return conversation.open and pressed.prompt == conversation.prompt


def stands(event: Event) -> bool:
    """Tell whether a tap asks for what is there at any time, and answers no question."""
    return isinstance(event, Pressed) and f"{event.action}:{event.argument}" in STANDING


def find(conversation: Conversation, event: Event) -> Move | None:
    """Find the row for an event; a more precise one comes first."""
    stage = conversation.stage
    keys: tuple[type[Event] | str, ...] = (type(event),)
    if isinstance(event, Said) and safety.alarms(conversation, event):
        keys = (ALARM,)
    if isinstance(event, Pressed | OccasionTapped | SubjectTapped):
        keys = (f"{event.action}:{event.argument}", event.action)
    elif isinstance(event, DaysFound):
        keys = (f"days:{event.wanted}",)
    elif isinstance(event, Command):
        keys = (f"/{event.name}", Command)
    return next((_ROWS[stage, key] for key in keys if (stage, key) in _ROWS), None)


def knows_command(name: str) -> bool:
    """Tell whether a command does something somewhere, rather than being unknown."""
    return any(row.when == f"/{name}" for row in MOVES)


def _settle(before: Conversation, event: Event, step: Step) -> Step:
    """Number the new prompt, take the old keyboard away once it is answered, and stay calm."""
    if safety.is_near(before, event) or step.conversation.stage in SAFETY:
        step = Step(replace(step.conversation, danger_at=event.at), step.effects)
    if not asking.is_calm(step.conversation, event.at):
        step = Step(step.conversation, asking.withheld(step.effects))
    asks = any(isinstance(effect, Say) and effect.is_prompt for effect in step.effects)
    redrawn = any(isinstance(effect, Redraw) for effect in step.effects)
    closed = any(isinstance(effect, Close) for effect in step.effects)
    answered = isinstance(event, Pressed) and not redrawn and not stands(event)
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
