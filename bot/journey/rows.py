"""Rows of the journey's table: at a stage, when something happens, who answers, leading where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.events import Command, Event, OccasionTapped, Pressed, Said, SubjectTapped
from bot.journey.found import DaysFound
from bot.journey.step import Step

E = TypeVar("E", bound=Event)

NO_PROMPT = 0
"""The prompt number of standing buttons; those of questions begin at 1."""

STANDING = frozenset(
    {
        "sf:help",
        "sf:del",
        "sf:better",
        "sy:firm",
        "ex:ask",
        "ex:yes",
        "ex:no",
        "qt:1",
        "qt:3",
        "qt:night",
        "qt:off",
    }
)
"""Taps taken at any time, as `action:argument`: to people who help, to leave no trace, a style,
how somebody is, quiet for a while, and whether what was said may become an example."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `when` is an event's type, a tap `action:argument` or a `/command`."""

    at: Stage
    when: type[Event] | str
    do: Callable[[Conversation, Any], Step]
    to: frozenset[Stage]


def move(at: Stage, when: type[E], do: Callable[[Conversation, E], Step], *to: Stage) -> Move:
    """Build a row; the type checker refuses a handler that cannot take *when*."""
    return Move(at, when, do, frozenset(to))


def tap(at: Stage, code: str, do: Callable[[Conversation, Pressed], Step], *to: Stage) -> Move:
    """Build a row for a tap: `action:argument`, or `action` for every other argument."""
    return Move(at, code, do, frozenset(to))


def command(at: Stage, name: str, do: Callable[[Conversation, Command], Step], *to: Stage) -> Move:
    """Build a row for a command, written with its slash."""
    return Move(at, name, do, frozenset(to))


def about(
    at: Stage, code: str, do: Callable[[Conversation, OccasionTapped], Step], *to: Stage
) -> Move:
    """Build a row for a button about an occasion: `action:argument`, or `action`."""
    return Move(at, code, do, frozenset(to))


def of_subject(
    at: Stage, action: str, do: Callable[[Conversation, SubjectTapped], Step], *to: Stage
) -> Move:
    """Build a row for a button about a subject."""
    return Move(at, action, do, frozenset(to))


def found(
    at: Stage, wanted: str, do: Callable[[Conversation, DaysFound], Step], *to: Stage
) -> Move:
    """Build a row for what AskDays looked up for *wanted*."""
    return Move(at, f"days:{wanted}", do, frozenset(to))


def alarm(at: Stage, do: Callable[[Conversation, Said], Step], *to: Stage) -> Move:
    """Build a row for words that tell of danger."""
    return Move(at, ALARM, do, frozenset(to))


ALARM = "alarm"
"""What the table calls words that tell of danger."""

S = Stage
OPEN = tuple(stage for stage in Stage if stage not in SAFETY)
"""Everywhere but in the stages of danger."""

CONSENTED = tuple(stage for stage in OPEN if stage not in {S.CONSENT, S.DATA})
"""Everywhere but before consent, where it may be before it, and in the stages of danger."""

KNOWN = tuple(stage for stage in Stage if stage is not S.ADULT_ONLY)
"""Everywhere but where nothing is kept of somebody."""
