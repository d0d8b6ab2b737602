"""What is to be kept: rows that the turn's one transaction writes. Values only."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.journey.content import Text
from bot.journey.events import Occasion, Subject
from coach.lived import Told
from coach.memory import Fact
from coach.preferences import Preferences
from coach.values import Drafted, GoalUnderstanding, Plan, Resolution
from coach.weeks import Change


@dataclass(frozen=True, slots=True)
class KeepConsent:
    """The person agreed, to this version of the text."""

    version: str


@dataclass(frozen=True, slots=True)
class KeepExamples:
    """Whether the person's messages may become examples that answers are tested with."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class KeepZone:
    """The person's time zone; one that was only concluded is asked about again."""

    zone: str
    ask_at: datetime | None = None


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
class KeepCheckIn:
    """When to ask how it went, from now on and for every goal."""

    check_in: CheckInChoice


@dataclass(frozen=True, slots=True)
class KeepPreferences:
    """What the person prefers from now on."""

    preferences: Preferences


@dataclass(frozen=True, slots=True)
class KeepFeedback:
    """What the person thinks of the bot, or of one subject, in their own words."""

    told: str
    about: Subject | None = None


@dataclass(frozen=True, slots=True)
class KeepOrder:
    """The order of the person's goals, what comes first first."""

    goals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeepStanding:
    """Where a goal stands from now on: active, habit, parked or done.

    One that is done may be kept since a day of the person's: it is asked about now and then.
    """

    goal: int
    state: str
    kept_since: date | None = None


@dataclass(frozen=True, slots=True)
class DropGoal:
    """A goal deleted for good, with everything made for it."""

    goal: int


@dataclass(frozen=True, slots=True)
class KeepRestored:
    """An older or moved plan as the goal's next version: a change like any other.

    *again* names the version that an older one was.
    """

    goal: int
    understanding: GoalUnderstanding
    plan: Plan
    trigger: str
    because: str = ""
    again: int | None = None


@dataclass(frozen=True, slots=True)
class KeepReturn:
    """The end of a pause that lasted from *since* to *now*: every plan moves on by it."""

    since: date
    now: date
    easier: bool


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
    """An answer about one aspect of a subject of this person; replaces an earlier one."""

    subject: Subject
    value: int
    aspect: str = "stars"  # the whole


@dataclass(frozen=True, slots=True)
class KeepReason:
    """What was off with a rated subject."""

    subject: Subject
    reason: str


@dataclass(frozen=True, slots=True)
class KeepHold:
    """A hold began: its level and its time, no words."""

    level: str


@dataclass(frozen=True, slots=True)
class KeepQuestion:
    """The wish to be asked once, next day at eleven, how it is."""


@dataclass(frozen=True, slots=True)
class KeepTalk:
    """A talk with a doctor or a service to prepare: it waits on the list."""

    text: Text


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """How a session of a goal went; replaces what was told about it before."""

    goal: int
    told: Told
    note: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawAnswer:
    """An answer taken back: nobody told how the session went."""

    occasion: Occasion
    place: int


@dataclass(frozen=True, slots=True)
class KeepWhatWorks:
    """What helps with a goal, in the person's own words."""

    goal: int
    told: str


@dataclass(frozen=True, slots=True)
class KeepFact:
    """Something to remember of the person, added by hand."""

    told: str


@dataclass(frozen=True, slots=True)
class Forget:
    """A fact that is deleted, and never used again."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class KeepChange:
    """The plan as it changed: its next version, with what set the change off and why.

    *week* and *change* say how a week differs from the one before it, after a review.
    """

    goal: int
    understanding: GoalUnderstanding
    plan: Drafted[Plan]
    trigger: str
    because: str
    week: int | None = None
    change: Change = Change.SAME


Keep = (
    KeepConsent
    | KeepExamples
    | KeepZone
    | KeepLanguage
    | KeepCheckIn
    | KeepPreferences
    | KeepFeedback
    | KeepOrder
    | KeepStanding
    | DropGoal
    | KeepRestored
    | KeepReturn
    | KeepParked
    | KeepResolution
    | KeepPlan
    | KeepRating
    | KeepReason
    | KeepHold
    | KeepQuestion
    | KeepTalk
    | KeepAnswer
    | WithdrawAnswer
    | KeepWhatWorks
    | KeepFact
    | Forget
    | KeepChange
)
