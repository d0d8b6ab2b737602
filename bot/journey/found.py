"""What an Ask brings back, within the same turn: what the coach made, or the store knows."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.check_ins.kinds import Kind
from bot.journey.events import Due, Event, Occasion, Said, Subject
from coach.lived import Lived
from coach.memory import Fact
from coach.plan_wishes import PlanWish, Reworked
from coach.values import (
    Drafted,
    GoalUnderstanding,
    Plan,
    Progress,
    Question,
    Reading,
    Reply,
    Resolution,
    Wish,
)
from coach.weeks import AfterReason, CheckInRead, Review


@dataclass(frozen=True, slots=True)
class GoalRead(Event):
    """The coach read a text as a goal."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Filled(Event):
    """The coach took an answer or a change into the understanding."""

    understanding: GoalUnderstanding
    understood: bool
    questions: tuple[Question, ...] = ()
    other_goal: str = ""  # the words, where they tell of another goal instead
    asks: bool = False  # whether a change that was not understood is a question


@dataclass(frozen=True, slots=True)
class ResolutionDrafted(Event):
    """The coach wrote a resolution, and meant these days of the week by it."""

    resolution: Drafted[Resolution]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanDrafted(Event):
    """The coach made a plan, for the understanding as it was reshaped."""

    plan: Drafted[Plan]
    understanding: GoalUnderstanding


@dataclass(frozen=True, slots=True)
class Replied(Event):
    """The coach answered a free text; *may_rate*: nothing was rated today that forbids it."""

    reply: Drafted[Reply]
    goals: tuple["KnownGoal", ...] = ()
    may_rate: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten(Event):
    """A reply in other words, as the next version of its subject; None: it had its second turn."""

    subject: Subject
    reason: str
    reply: Drafted[Reply] | None


class GoalState(StrEnum):
    """Where a goal of somebody stands."""

    AGREED = "agreed"  # resolution agreed, plan still open
    ACTIVE = "active"
    PARKED = "parked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class KnownGoal:
    """A stored goal, as the conversation needs it."""

    number: int
    title: str
    state: GoalState
    text: str = ""
    plan: Plan | None = None
    life: Lived | None = None  # the plan with what was told about it
    facts: Progress = field(default_factory=Progress)  # what a text may say of it, but the doing
    kept_since: date | None = None  # the day from which a goal that is done is kept


@dataclass(frozen=True, slots=True)
class GoalsFound(Event):
    """The person's goals, main one first; *wanted* says what they were looked up for."""

    goals: tuple[KnownGoal, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """What changed a plan last: set off by what, why, and what was there before."""

    trigger: str
    because: str
    understanding: GoalUnderstanding
    plan: Plan
    version: int = 1  # of that plan


@dataclass(frozen=True, slots=True)
class OwnedGoal:
    """A stored goal with all of its newest version. The first active one is the main goal."""

    number: int
    state: str  # active, habit, parked or done
    understanding: GoalUnderstanding
    resolution: Resolution | None = None
    plan: Plan | None = None
    change: LastChange | None = None
    undoable: LastChange | None = None  # the last one that made a difference
    agreed: Drafted[Resolution] | None = None  # the resolution with its scores

    @property
    def title(self) -> str:
        """Name the goal: as the resolution does, or in the person's words."""
        return self.resolution.title if self.resolution else self.understanding.text


@dataclass(frozen=True, slots=True)
class OwnedFound(Event):
    """All of the person's goals in their order; *wanted* says what they were looked up for."""

    goals: tuple[OwnedGoal, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class MemoryFound(Event):
    """What is remembered of the person, newest first; *wanted* says what it was looked up for."""

    facts: tuple[Fact, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class DaysFound(Event):
    """The person's goals with what was told about them; *cause* is what they were needed for."""

    goals: tuple[KnownGoal, ...]
    wanted: str
    cause: Event | None = None


@dataclass(frozen=True, slots=True)
class Nudged:
    """Something said unasked on somebody's day *on*; what was not *seen* never arrived."""

    kind: Kind
    wording: str
    on: date
    seen: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class DueFound(Event):
    """What decides whether anything is said now: goals, days of silence, and earlier nudges.

    Nudges are those of the last 60 days, oldest first.
    """

    due: Due
    goals: tuple[KnownGoal, ...]
    silent_days: int
    nudges: tuple[Nudged, ...]


@dataclass(frozen=True, slots=True)
class WishHeard(Event):
    """What a message of everyday life wants, and what it tells of a session."""

    goals: tuple[KnownGoal, ...]
    said: Said
    wish: Wish
    told: CheckInRead


@dataclass(frozen=True, slots=True)
class PauseEndRead(Event):
    """The day until which a pause is to last, None where none was named; and what else it is."""

    said: Said
    day: date | None
    wish: Wish


@dataclass(frozen=True, slots=True)
class ReasonAnswered(Event):
    """The coach answered what got in the way of a session."""

    known: KnownGoal
    occasion: Occasion
    place: int
    code: str
    after: AfterReason
    chosen: bool = False


class Taken(StrEnum):
    """How the proposal of a review was taken."""

    AGREED = "agreed"
    IN_SILENCE = "in_silence"  # nobody answered: nothing may go up
    SMALLER = "smaller"  # still the goal, in a smaller size
    MORE = "more"  # more a week, so that the date holds
    LATER = "later"  # a later date
    LESS = "less"  # a smaller result by the same date


@dataclass(frozen=True, slots=True)
class Reviewed(Event):
    """The coach looked back on a week; *taken* says how its proposal was, if it was."""

    known: KnownGoal
    week: int
    review: Review
    taken: Taken | None = None


@dataclass(frozen=True, slots=True)
class PlanChanged(Event):
    """A plan under way as it was wished, or nothing when the wish could not be read."""

    known: KnownGoal
    wish: PlanWish
    trigger: str
    because: str
    week: int | None
    made: Drafted[Reworked] | None
