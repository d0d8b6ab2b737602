"""What a message is made of: texts of the catalogue, finished words, cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coach.values import Plan, Resolution
from coach.weeks import Day


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the catalogue with the values for its slots, which may be texts themselves."""

    key: str
    slots: Mapping[str, "Value"] = field(default_factory=dict[str, "Value"])


Value = str | int | float | date | Text


@dataclass(frozen=True, slots=True)
class Words:
    """Finished words: the coach's, or the person's own. Escaped when shown."""

    text: str


@dataclass(frozen=True, slots=True)
class ResolutionCard:
    """The resolution as a card."""

    resolution: Resolution


@dataclass(frozen=True, slots=True)
class PlanCard:
    """The plan as a card."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week's sessions, a mark each, and what the marks mean."""

    days: tuple[Day, ...]


Content = Text | Words | ResolutionCard | PlanCard | WeekView
