"""One step of the journey: what the conversation becomes, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.journey.content import Content, Text, Value, Words
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Button, Effect, Rows, Say
from bot.journey.keeps import KeepPreferences
from coach.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation and the effects that brought it there, in the order to do them."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()

    def after(self, *effects: Effect) -> "Step":
        """Put *effects* before the ones of this step."""
        return Step(self.conversation, (*effects, *self.effects))


def text(key: str, **slots: Value) -> Text:
    """Name a text of the catalogue."""
    return Text(key, slots)


def button(key: str, action: str, argument: str = "") -> Button:
    """Make a button whose label is in the catalogue."""
    return Button(Text(key), action, argument)


def rows(buttons: Iterable[Button], width: int) -> Rows:
    """Lay buttons out *width* to a row (at most three fit a phone)."""
    line = tuple(buttons)
    return tuple(line[start : start + width] for start in range(0, len(line), width))


def say(*content: Content | str, buttons: Rows = ()) -> Say:
    """Say texts; a plain string names a text without slots."""
    return Say(
        tuple(Text(part) if isinstance(part, str) else part for part in content), buttons=buttons
    )


def go(conversation: Conversation, stage: Stage, **draft: object) -> Conversation:
    """Move to *stage*, remembering the way back and changing the draft's named fields."""
    way = (*conversation.draft.trail, conversation.stage)
    # Coming back to a stage forgets the loop, so that /back leads out and the way stays short.
    trail = way[: way.index(stage)] if stage in way else way
    return put(replace(conversation, stage=stage), **{"tries": 0, "trail": trail, **draft})


def put(conversation: Conversation, **draft: object) -> Conversation:
    """Change the draft's named fields and stay."""
    return replace(conversation, draft=replace(conversation.draft, **draft))  # pyright: ignore[reportArgumentType] -- names are checked by replace


def fresh(conversation: Conversation, stage: Stage) -> Conversation:
    """Go to *stage* with an empty draft."""
    return replace(conversation, stage=stage, draft=Draft(), resume=None)


def words(value: str) -> Words:
    """Carry finished words into a message."""
    return Words(value)


def prefer(conversation: Conversation, **changed: object) -> Step:
    """Change preferences and keep them."""
    preferred: Preferences = replace(conversation.preferences, **changed)  # pyright: ignore[reportArgumentType] -- names are checked by replace
    return Step(replace(conversation, preferences=preferred), (KeepPreferences(preferred),))
