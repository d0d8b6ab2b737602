"""Questions to the coach or the store; each answer is an event of the same turn."""

from dataclasses import dataclass

from bot.journey.content import Text, Words
from bot.journey.house import AskAgain, AskHouse
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
class AskGoals:
    """Look up the person's goals → GoalsFound; *wanted* comes back with them."""

    wanted: str


@dataclass(frozen=True, slots=True)
class AskOwned:
    """Look up all that the person owns → OwnedFound; *wanted* says what for."""

    wanted: str


Ask = (
    AskReading
    | AskFill
    | AskRevision
    | AskResize
    | AskQuestions
    | AskResolution
    | AskPlan
    | AskReply
    | AskGoals
    | AskAgain
    | AskHouse
    | AskOwned
)
