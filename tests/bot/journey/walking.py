"""What may happen on the walk, and where it leads: places, events and outcomes."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from bot.journey import machine
from bot.journey.asks import Ask
from bot.journey.conversation import EVERYDAY, SAFETY, Conversation, Stage
from bot.journey.effects import Effect, Redraw, Say
from bot.journey.events import (
    Command,
    Criticised,
    Event,
    Foreign,
    Pressed,
    Rated,
    Said,
    SentOther,
    Starred,
    Subject,
    Unknown,
)
from bot.journey.house import Administered
from bot.journey.rows import NO_PROMPT
from coach.values import Slot
from tests.bot.journey import due as due_events
from tests.bot.journey import lives
from tests.bot.journey.lives import NOON, TURN
from tests.bot.journey.stand_ins import FOUND, answers

COMMANDS = (
    "start", "help", "cancel", "back", "plan", "today", "goals", "done", "review", "nonsense",
    "privacy", "export", "delete", "invite", "goal", "pause", "resume", "undo", "why", "settings",
    "sos", "language", "timezone", "feedback", "memory", "stats", "quiet",
)  # fmt: skip
TAKEN = {(row.at, row.when.partition(":")[0]) for row in machine.MOVES if isinstance(row.when, str)}
"""Taps that a stage takes at all; what else is on its screen decides nothing."""

Key = tuple[object, ...]


RESTING = (Stage.GOAL, Stage.RESUME, *EVERYDAY)
"""Stages at which a draft only waits: what is in it matters where it is gone on with."""

OWN = (
    Stage.SETTINGS, Stage.FEEDBACK, Stage.MEMORY, Stage.GOALS, Stage.DELETE_GOAL, Stage.CROWDED,
    Stage.PAUSE, Stage.PAUSED, Stage.RETURN,
)  # fmt: skip
"""Stages that lead back to wherever they were opened from: one place stands for all."""


@dataclass(frozen=True)
class Seen:
    """A conversation and the buttons on its live keyboard."""

    conversation: Conversation
    buttons: frozenset[tuple[str, str]]

    @property
    def sight(self) -> frozenset[str]:
        """The taps that the stage takes; what a reply offers differs by its argument as well."""
        stage = self.conversation.stage
        taken = [tap for tap in self.buttons if (stage, tap[0]) in TAKEN]
        return frozenset(f"co:{tap[1]}" if tap[0] == "co" else tap[0] for tap in taken)

    @property
    def screen(self) -> Key:
        """What is in sight: in a set-up the stage, in everyday talk its buttons as well."""
        stage = self.conversation.stage
        return (stage, self.sight if stage in EVERYDAY else None)

    @property
    def key(self) -> Key:
        """What decides where it can go from here; two alike are walked once."""
        conversation, draft = self.conversation, self.conversation.draft
        known, stage, care = draft.understanding, conversation.stage, conversation.care
        if conversation.erasing is not None:  # it leads back, whatever it was
            return (stage, conversation.erasing.back)
        if any(action == "hv" for action, _ in self.buttons):
            return (stage, "heavy")
        if stage in SAFETY:
            has_zone = conversation.zone is not None  # without one, nobody is asked how they are
            return (
                stage, care.about, care.back, care.asked, care.safe, len(self.buttons), has_zone
            )  # fmt: skip
        if stage in OWN:
            pause = conversation.preferences.pause
            paused = pause and (pause.until is None)  # without an end it is asked about
            taken = frozenset(tap for tap in self.buttons if (stage, tap[0]) in TAKEN)
            return stage, taken, conversation.about, paused, conversation.has_goal
        if stage in RESTING:  # the draft that waits behind is walked where it was left
            return (
                stage,
                self.sight,
                conversation.resume is not None if stage in EVERYDAY else conversation.resume,
                conversation.has_goal,
                conversation.preferences.pause is not None,
                conversation.consent == "0",
                stage in EVERYDAY and lives.key(conversation.everyday),
            )
        return (
            stage,
            conversation.consent == "0",
            self.sight,
            conversation.resume,
            conversation.has_goal,
            conversation.zone is not None,
            draft.trail[-1:],
            len(draft.questions),
            draft.changing is not None,
            stage in {Stage.CLARIFY, Stage.SPLIT} and draft.other != "",
            stage is Stage.SPLIT and (len(draft.parts) > 6, draft.small),
            known is not None and Slot.OBSTACLE in known.asked,
        )


def events(seen: Seen, is_new: bool) -> Iterator[Event]:
    """Everything that may happen there; taps on occasions once a stage, since only it decides."""
    prompt = seen.conversation.prompt
    later = (timedelta(0), timedelta(hours=25), timedelta(days=8))
    yield from (Said(NOON + wait, TURN, "7 words at 14:20") for wait in later)
    whole = seen.conversation.stage in {*SAFETY, Stage.CONSENT, Stage.GOAL, Stage.HOME}
    yield from (Said(NOON, TURN, "help me", found) for found in (FOUND if whole else FOUND[:2]))
    if seen.conversation.stage in SAFETY:
        yield from (Said(NOON, TURN, said) for said in ("yes", "no", "just very low", ""))
    yield Said(NOON, TURN, "😀")
    yield Said(NOON, TURN, "what are you?", asks=True)
    yield from (Said(NOON, TURN, "well", agrees=agrees) for agrees in (True, False))
    yield Said(NOON, TURN, "quiero correr", foreign=Foreign("es", "Español", True, "English"))
    for name in COMMANDS:
        yield Command(NOON, TURN, name)
    yield from (Administered(NOON, TURN, name, "3") for name in ("invite", "admin"))
    for action, argument in seen.buttons:
        if action != "sd" or argument[0] in "0oa":  # one day stands for all seven
            yield Pressed(NOON, TURN, action, argument, prompt, 9, "label", "shown")
    for action in {action for action, _ in seen.buttons}:
        yield Pressed(NOON, TURN, action, "forged", prompt, 9, "label", "shown")
    standing = (
        ("sf", "help"),
        ("sf", "del"),
        ("sf", "better"),
        ("sy", "firm"),
        ("ex", "no"),
        ("qt", "3"),
    )
    for action, argument in standing:
        yield Pressed(NOON, TURN, action, argument, NO_PROMPT, 9, "label", "shown")
    yield Pressed(NOON, TURN, "cs", "y", prompt, 9, "Yes", "shown", held="run")
    yield Pressed(NOON, TURN, "rv", "ok", prompt - 1, 9)
    yield from due_events.fallen(is_new or seen.conversation.stage in SAFETY)
    yield SentOther(NOON, TURN, "voice")
    yield SentOther(NOON, TURN, "sticker")
    if is_new:
        yield from lives.taps(on_occasions=seen.conversation.stage is not Stage.CONSENT)
    yield Starred(NOON, TURN, Subject(Rated.PLAN, 1, 1), 2, 9)
    yield Criticised(NOON, TURN, Subject(Rated.PLAN, 1, 1), "ge", 9)
    reply = Subject(Rated.REPLY, 1, 1)
    agreed = Subject(Rated.RESOLUTION, seen.conversation.draft.goal or 1, 1)
    off = ((reply, "to"), (reply, "wr"), (reply, "ir"), (agreed, "ge"))
    yield from (Criticised(NOON, TURN, what, why, 9) for what, why in off if is_new)
    yield Unknown(NOON, TURN)


def outcomes(
    seen: Seen, event: Event, rows: set[machine.Move | None], is_new: bool
) -> Iterator[tuple[Conversation, list[Effect]]]:
    """Follow an event through every answer to what it asks, noting the rows it takes."""
    rows.add(machine.find(seen.conversation, event))
    todo = deque([(machine.advance(seen.conversation, event), list[Effect]())])
    while todo:
        step, before = todo.popleft()
        asks = [effect for effect in step.effects if isinstance(effect, get_args(Ask))]
        done = [*before, *(effect for effect in step.effects if effect not in asks)]
        assert len(asks) <= 1, "one question at a time"
        if not asks:
            yield step.conversation, done
        for ask in asks:
            for answer in answers(ask, step.conversation, is_new):  # type: ignore[arg-type]
                rows.add(machine.find(step.conversation, answer))
                todo.append((machine.advance(step.conversation, answer), done))


def live_buttons(
    before: Seen, after: Conversation, effects: list[Effect]
) -> frozenset[tuple[str, str]]:
    shown = [e.buttons for e in effects if isinstance(e, Say | Redraw)]
    taps = [{(b.action, b.argument) for row in rows for b in row if not b.about} for rows in shown]
    if any(taps):
        return frozenset(next(found for found in reversed(taps) if found))
    return before.buttons if after.open else frozenset()
