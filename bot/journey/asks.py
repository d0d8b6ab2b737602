"""Questions to the coach or the store; each answer is an event of the same turn."""

from dataclasses import dataclass

from bot.journey.content import Text, Words
from bot.journey.events import Due, Event, Occasion, Said, Subject
from bot.journey.found import KnownGoal, Taken
from bot.journey.house import AskAgain, AskHouse
from bot.journey.pictures import AskStats
from coach.plan_wishes import PlanWish
from coach.values import Slot


@dataclass(frozen=True, slots=True)
class AskReading:
    """Read a goal → GoalRead: the person's words, or an example from the catalogue."""

    text: Words | Text


@dataclass(frozen=True, slots=True)
class AskFill:
    """Take *said* as the answer about *slot* → Filled.

    *option*: it is an option's code; *may_differ*: it may tell of another goal instead.
    """

    slot: Slot
    said: str
    option: bool = False
    may_differ: bool = False


@dataclass(frozen=True, slots=True)
class AskRevision:
    """Take *said* as a change request → Filled; *asks*: it has the form of a question."""

    said: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class AskResize:
    """Turn a goal that is too fast into the chosen one → Filled."""

    code: str


@dataclass(frozen=True, slots=True)
class AskQuestions:
    """Say what is still worth asking → Filled, with the understanding as it is."""


@dataclass(frozen=True, slots=True)
class AskResolution:
    """Write the resolution → ResolutionDrafted."""


@dataclass(frozen=True, slots=True)
class AskPlan:
    """Make the plan, reshaped if *how* is given (easier, harder, fewer_days …) → PlanDrafted."""

    how: str | None = None


@dataclass(frozen=True, slots=True)
class AskReply:
    """Answer a free text → Replied."""

    text: str


@dataclass(frozen=True, slots=True)
class AskRewrite:
    """Word a reply once more, heeding what was off with it → Rewritten."""

    subject: Subject
    reason: str


@dataclass(frozen=True, slots=True)
class AskMemory:
    """Look up what is remembered of the person → MemoryFound; *wanted* says what for."""

    wanted: str = "list"


@dataclass(frozen=True, slots=True)
class AskGoals:
    """Look up the person's goals → GoalsFound; *wanted* comes back with them."""

    wanted: str


@dataclass(frozen=True, slots=True)
class AskOwned:
    """Look up all that the person owns → OwnedFound; *wanted* says what for."""

    wanted: str


@dataclass(frozen=True, slots=True)
class AskDays:
    """Look up how the person's goals go → DaysFound; *wanted* and *cause* come back with it."""

    wanted: str
    cause: Event | None = None


@dataclass(frozen=True, slots=True)
class AskDue:
    """Look up what decides whether anything is said unasked → DueFound."""

    due: Due


@dataclass(frozen=True, slots=True)
class AskWish:
    """Understand what was said out of everyday life → WishHeard."""

    said: Said


@dataclass(frozen=True, slots=True)
class AskPauseEnd:
    """Read until when a pause is to last, as it was said → PauseEndRead."""

    said: Said


@dataclass(frozen=True, slots=True)
class AskReason:
    """Answer what got in the way of a session → ReasonAnswered; *chosen*: take its option."""

    known: KnownGoal
    occasion: Occasion
    place: int
    code: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AskReview:
    """Look back on a week of a goal → Reviewed, the same whenever it is asked."""

    known: KnownGoal
    week: int
    taken: Taken | None = None  # how its proposal was taken, if it was


@dataclass(frozen=True, slots=True)
class AskChange:
    """Change a plan under way → PlanChanged; *trigger* is kept as what set it off."""

    known: KnownGoal
    wish: PlanWish
    trigger: str
    because: str
    week: int | None = None  # the one a review was about to form


Ask = (
    AskReading
    | AskFill
    | AskRevision
    | AskResize
    | AskQuestions
    | AskResolution
    | AskPlan
    | AskReply
    | AskRewrite
    | AskMemory
    | AskGoals
    | AskAgain
    | AskHouse
    | AskOwned
    | AskStats
    | AskDays
    | AskDue
    | AskWish
    | AskPauseEnd
    | AskReason
    | AskReview
    | AskChange
)
