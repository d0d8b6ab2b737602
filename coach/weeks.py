"""What became of a plan's weeks, and what a review makes of it.

The states of a day are seven different things: "not due" and "not answered" say nothing
about a person, "skipped" was let go on purpose, "small" is the minimum version and counts whole.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.values import Quantity


class DayState(StrEnum):
    """What became of one planned session."""

    DONE = "done"
    SMALL = "small"
    PARTLY = "partly"
    MISSED = "missed"
    SKIPPED = "skipped"
    NOT_DUE = "not_due"
    UNANSWERED = "not_answered"


@dataclass(frozen=True, slots=True)
class Day:
    """One planned session and what became of it; *reason* is a code of `coach.rules.reasons`."""

    on: date
    state: DayState
    reason: str | None = None
    amount: Quantity | None = None


class Change(StrEnum):
    """How a week differs from the one before it: in one thing, or in none."""

    SAME = "same"
    STEP = "step"  # the next step of the ramp
    EXTRA = "extra"  # one step more, because it was too easy
    LIGHTER = "lighter"  # a smaller amount
    FEWER_DAYS = "fewer_days"
    MINIMUM = "minimum"  # the minimum version, on two days

    @property
    def raises(self) -> bool:
        """Tell whether it asks for more; that needs a tap, silence never raises anything."""
        return self in (Change.STEP, Change.EXTRA)


@dataclass(frozen=True, slots=True)
class KeptWeek:
    """One week of a plan as it was lived; *change* is how it differed from the week before."""

    number: int
    days: tuple[Day, ...]
    change: Change = Change.SAME
    paused: bool = False  # some of it lay in a pause
    spare_days: int | None = None  # missed sessions it forgives; None: by the rule


@dataclass(frozen=True, slots=True)
class Load:
    """What a week asks for: its figure, the number of its sessions, and both in words.

    *limit*: the figure is a most, as for quitting, so that less of it asks for more.
    """

    figure: Quantity | None
    sessions: int
    text: str
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the next week could be, and why, in words that /why can repeat."""

    change: Change
    load: Load
    because: str


@dataclass(frozen=True, slots=True)
class ObstaclePlan:
    """The answer to a reason: *when* continues "If …", *then* continues "then I …"."""

    reason: str
    when: str
    then: str


class AskedInReview(StrEnum):
    """The one question a review may add to its proposal."""

    OBSTACLE = "obstacle"  # two weeks went the same way: what gets in the way now?
    STILL_THE_GOAL = "still_the_goal"  # two weeks almost without: is it still the goal?
    AT_RISK = "at_risk"  # the date does not hold at this pace


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a dated goal goes, and how fast it has to; both a week, in its own unit."""

    left: Quantity
    weeks_left: float
    achieved: float
    needed: float


@dataclass(frozen=True, slots=True)
class Review:
    """A week looked back on. *share* is None when more than half of it was not answered."""

    number: int
    done: int  # small and partly ones included
    small: int
    planned: int  # without what was excused
    spare: int  # missed sessions that were forgiven
    share: float | None
    proposal: Proposal
    worked: str = ""
    in_the_way: str = ""
    obstacle: ObstaclePlan | None = None  # replaces the present one
    asks: AskedInReview | None = None
    at_risk: str = ""  # the numbers, in a sentence
    lines: tuple[str, ...] = ()  # the card, a line each
    mode: str = "rules"  # or "model", where one worded it
    variant: str = ""  # "experiment/variant" of the prompt, if a model was asked by one on trial


@dataclass(frozen=True, slots=True)
class AfterReason:
    """The answer to what got in the way: understanding, and one option somebody may take."""

    text: str
    option: str = ""  # the label of the option; empty when there is none
    plan: ObstaclePlan | None = None  # what the option puts in place of the obstacle plan
    pause: bool = False  # offer a pause instead


@dataclass(frozen=True, slots=True)
class CheckInRead:
    """A check-in answer in words; *state* is None when the text is no answer."""

    state: DayState | None
    amount: Quantity | None = None
    reason: str | None = None
    yesterday: bool = False
