"""What is to be kept: rows that the turn's one transaction writes. Values only."""

from dataclasses import dataclass

from bot.journey.events import Subject
from coach.values import Drafted, GoalUnderstanding, Plan, Resolution


@dataclass(frozen=True, slots=True)
class KeepConsent:
    """The person agreed, to this version of the text."""

    version: str


@dataclass(frozen=True, slots=True)
class KeepZone:
    """The person's time zone."""

    zone: str


@dataclass(frozen=True, slots=True)
class KeepLanguage:
    """The language the person is spoken to in: one there is a catalogue for."""

    language: str


@dataclass(frozen=True, slots=True)
class KeepParked:
    """Goals that wait on the person's list, in their own words."""

    texts: tuple[str, ...]
    as_habit: bool = False  # small enough to be kept beside a goal, without a plan


@dataclass(frozen=True, slots=True)
class KeepResolution:
    """An agreed resolution: the first or next version for the goal with this id."""

    goal: int
    understanding: GoalUnderstanding
    resolution: Drafted[Resolution]


@dataclass(frozen=True, slots=True)
class CheckInChoice:
    """When to ask how it went: `after`, `evening`, `morning`, `never`, or a wall time "HH:MM"."""

    when: str


@dataclass(frozen=True, slots=True)
class KeepPlan:
    """An agreed plan for the goal with this id; the goal becomes active."""

    goal: int
    understanding: GoalUnderstanding
    plan: Drafted[Plan]
    confidence: int | None
    check_in: CheckInChoice


@dataclass(frozen=True, slots=True)
class KeepRating:
    """Stars for a subject of this person; replaces earlier ones."""

    subject: Subject
    stars: int


@dataclass(frozen=True, slots=True)
class KeepReason:
    """What was off with a rated subject."""

    subject: Subject
    reason: str


Keep = (
    KeepConsent
    | KeepZone
    | KeepLanguage
    | KeepParked
    | KeepResolution
    | KeepPlan
    | KeepRating
    | KeepReason
)
