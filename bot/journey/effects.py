"""What the journey wants done: say, ask, keep. Values only; the turn does them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.journey.events import Rated, Subject
from coach.values import Drafted, GoalUnderstanding, Plan, Resolution, Slot

Value = str | int | float | date


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the catalogue with the values for its slots."""

    key: str
    slots: Mapping[str, Value] = field(default_factory=dict[str, Value])


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


Content = Text | Words | ResolutionCard | PlanCard


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a prompt; its callback data gets the prompt's number when it is sent."""

    label: Text | Words
    action: str
    argument: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Say *content*, its parts as paragraphs, with buttons or a row of stars under it."""

    content: tuple[Content, ...]
    buttons: Rows = ()
    stars: Rated | None = None  # for the resolution or plan that this very turn keeps
    chips: Subject | None = None  # "what was off?" about it


@dataclass(frozen=True, slots=True)
class Redraw:
    """Show a message again in place, with new buttons under the same prompt."""

    message: int
    content: tuple[Content, ...]
    buttons: Rows


@dataclass(frozen=True, slots=True)
class Close:
    """Write the choice under a message and take its keyboard away (or put stars there)."""

    message: int
    shown: str  # the message's text as HTML
    choice: Text | Words
    stars: Rated | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """Take the keyboard off prompt number *prompt*; it was answered in words."""

    prompt: int


@dataclass(frozen=True, slots=True)
class ShowStars:
    """Show the stars given in the row that was tapped."""

    message: int
    subject: Subject
    stars: int


@dataclass(frozen=True, slots=True)
class Toast:
    """A short note over the chat, in answer to a tap."""

    text: Text


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep a goal typed before consent in memory only."""

    text: str


# --- keep: rows that the turn's one transaction writes ---


@dataclass(frozen=True, slots=True)
class KeepConsent:
    """The person agreed, to this version of the text."""

    version: str


@dataclass(frozen=True, slots=True)
class KeepZone:
    """The person's time zone."""

    zone: str


@dataclass(frozen=True, slots=True)
class KeepParked:
    """Goals that wait on the person's list, in their own words."""

    texts: tuple[str, ...]


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


# --- ask: questions to the coach or the store; the answer is an event of the same turn ---


@dataclass(frozen=True, slots=True)
class AskReading:
    """Read a goal → GoalRead: the person's words, or an example from the catalogue."""

    text: Words | Text


@dataclass(frozen=True, slots=True)
class AskFill:
    """Take *said* as the answer about *slot* → Filled. *option*: it is an option's code."""

    slot: Slot
    said: str
    option: bool = False


@dataclass(frozen=True, slots=True)
class AskRevision:
    """Take *said* as a change request → Filled."""

    said: str


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
)
Keep = KeepConsent | KeepZone | KeepParked | KeepResolution | KeepPlan | KeepRating | KeepReason
Effect = Say | Redraw | Close | Strip | ShowStars | Toast | Hold | Keep | Ask
