"""The coach's values: what it knows of a goal, and what it makes of it.

Plain frozen dataclasses. They travel into the journey, into the database (as JSON)
and out again, so every field is a type that pydantic can write and read back.
All texts in them are finished sentences or phrases in the person's language, unescaped.
They stand in one long file on purpose: it is the one place to look a value up.
"""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Domain(StrEnum):
    """The area of life a goal belongs to."""

    FITNESS = "fitness"
    NUTRITION = "nutrition"
    SLEEP = "sleep"
    MIND = "mind"
    SUBSTANCES = "substances"
    DIGITAL = "digital"
    LEARNING = "learning"
    CAREER = "career"
    MONEY = "money"
    CREATIVE = "creative"
    RELATIONSHIPS = "relationships"
    ORGANISATION = "organisation"
    OTHER = "other"


class GoalType(StrEnum):
    """What kind of change a goal asks for; decides its questions and the shape of its plan."""

    HABIT = "habit"
    OUTCOME = "outcome"
    PROJECT = "project"
    QUIT = "quit"


class Route(StrEnum):
    """Where a text leads; see the routing order in `coach.rules.understanding`."""

    COACH = "coach"
    CLARIFY = "clarify"
    SPLIT = "split"
    RESIZE = "resize"
    REDIRECT = "redirect"
    REPROMPT = "reprompt"
    REFUSE = "refuse"
    REFER = "refer"
    CRISIS = "crisis"


class Danger(StrEnum):
    """What a text may tell of danger, from none to the most urgent."""

    NONE = "none"
    CAUTION = "caution"
    HEAVY = "heavy"
    MINOR = "minor"
    DEPENDENCE = "dependence"
    MEDICAL = "medical"
    EATING_DISORDER = "eating_disorder"
    ILLEGAL = "illegal"
    HARM_OTHERS = "harm_others"
    VIOLENCE_VICTIM = "violence_victim"
    SELF_HARM = "self_harm"
    IMMEDIATE_DANGER = "immediate_danger"


@dataclass(frozen=True, slots=True)
class Safety:
    """The result of safety triage by rules. `soft` asks for one direct question first.

    `kind` names one of several fixed texts of a danger; empty for the usual one.
    """

    danger: Danger = Danger.NONE
    soft: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a text, with its own name for itself; an empty code when unknown."""

    code: str = ""
    name: str = ""
    supported: bool = False


class Slot(StrEnum):
    """One thing worth knowing about a goal; questions and answers are about slots."""

    MEANING = "meaning"
    DATE_ORDER = "date_order"
    SUMMARY = "summary"
    OWN_PART = "own_part"
    AMOUNT = "amount"
    FREQUENCY = "frequency"
    HOURS = "hours"
    BASELINE = "baseline"
    DEADLINE = "deadline"
    SCOPE = "scope"
    MODE = "mode"
    TRIGGERS = "triggers"
    WHY = "why"
    # filled by the SCHEDULE, OBSTACLE and REVISE stages
    DAYS = "days"
    TIME = "time"
    OBSTACLE = "obstacle"
    MINIMUM = "minimum"
    WORDING = "wording"


class Mode(StrEnum):
    """How somebody leaves something: on one day, or down in steps."""

    STOP = "stop"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its canonical unit: min, h, km, words, pages, EUR, `per day`, `l/day` …"""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as typed and what it means: a day, or a range `first`..`last`.

    `other` is the second reading of an ambiguous date (12/05 is 12 May or 5 December).
    """

    text: str
    first: date
    last: date
    other: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One tappable answer; *code* is short ASCII and stable, *label* at most 24 characters."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a slot, with tappable answers ("You choose" and "Skip" not included)."""

    slot: Slot
    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Ideas:
    """What a model proposed for one very goal, without figures: code gives it its weeks."""

    steps: tuple[str, ...] = ()  # of a project, in order, each with a finished state
    milestones: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


NO_IDEAS = Ideas()


@dataclass(frozen=True, slots=True)
class GoalUnderstanding:
    """Everything known about one goal: what the person said, and nothing else.

    None means "not said"; defaults are added when the resolution is built and are
    listed there as suggestions. `chosen_for_me` holds the slots the person left to us.
    """

    text: str
    language: str = "en"
    domain: Domain = Domain.OTHER
    goal_type: GoalType | None = None
    activity: str = "other"
    behaviour: str = ""
    vague: bool = False
    caution: str | None = None  # key of the one-line health note, if the goal needs one
    amount: Quantity | None = None
    per_week: float | None = None
    days: tuple[int, ...] = ()  # 0 is Monday
    free_days: tuple[int, ...] = ()  # days they keep free: "not Mondays"
    at: time | None = None
    cue: str | None = None
    baseline: Quantity | None = None
    target: Quantity | None = None
    deadline: FoundDate | None = None
    later_deadlines: tuple[FoundDate, ...] = ()
    hours_per_week: float | None = None
    mode: Mode | None = None
    triggers: str | None = None
    scope: str | None = None
    own_part: str | None = None
    meaning: str | None = None
    why: str | None = None
    minimum: str | None = None
    wording: str | None = None
    obstacle: str | None = None  # a reason code ("ti") or the person's own words
    start: date | None = None  # first day of the plan, when the person moved it
    load: float = 1.0  # "easier" and "harder" scale the start of the plan
    numbers: tuple[Quantity, ...] = ()  # every number said, to be kept in what we write
    dates: tuple[FoundDate, ...] = ()
    notes: tuple[str, ...] = ()
    asked: tuple[Slot, ...] = ()
    chosen_for_me: tuple[Slot, ...] = ()
    ideas: Ideas = NO_IDEAS  # the one thing here that was not said


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text turned out to be: where it leads, and what was understood."""

    route: Route
    safety: Safety
    understanding: GoalUnderstanding
    questions: tuple[Question, ...] = ()  # at most three, in the order to ask
    parts: tuple[str, ...] = ()  # the goals of a text that holds several
    small: int | None = None  # which of two parts is small enough to be a habit beside the other
    options: tuple[Option, ...] = ()  # the two ways out of a goal that is too fast
    reply: str = ""  # what to say when the route is not coach, clarify or split
    unsure: bool = False  # somebody who does not know yet what to work on
    mode: str = "rules"  # or "model", where one filled what the rules left open
    variant: str = ""  # "experiment/variant" of the prompt, if a model was asked by one on trial


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one text by dimension, 0 to 10, with the reason for each and their mean."""

    values: dict[str, float] = field(hash=False)
    overall: float
    reasons: dict[str, str] = field(default_factory=dict[str, str], hash=False)


@dataclass(frozen=True, slots=True)
class Resolution:
    """One clear sentence somebody can agree to, with everything that makes it work."""

    title: str
    line: str  # "I will …", a full sentence
    measure: str
    cue: str  # continues "If …"
    action: str  # continues "then …"
    minimum: str
    first_step: str
    first_step_by: date
    target: str | None = None
    obstacle_if: str | None = None
    obstacle_then: str | None = None
    why: str | None = None
    note: str | None = None  # the one-line health note
    suggestions: tuple[str, ...] = ()  # what we added, in words
    from_person: tuple[str, ...] = ()  # what we took over, in words
    also: tuple[str, ...] = ()  # facts of theirs that no other line holds
    reworded: tuple[str, ...] = ()  # the rules' cue and action, where a model words them


@dataclass(frozen=True, slots=True)
class Session:
    """One planned session: when, how much, and the line that says it."""

    on: date
    at: time | None
    amount: Quantity | None
    text: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a plan; only the current week has sessions, later ones are one figure."""

    number: int
    start: date
    theme: str
    figure: Quantity | None
    text: str  # the figure in words: "14 min", "2,550 words", "max 4 cups"
    sessions: tuple[Session, ...] = ()
    milestone: str | None = None
    lighter: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The weeks from here to the review, with what keeps them honest."""

    weeks: tuple[Week, ...]
    minimum: str
    cue: str
    action: str
    first_step: str
    first_step_by: date
    review_on: int  # weekday, 0 is Monday
    obstacle_if: str | None = None
    obstacle_then: str | None = None
    spare_days: int = 0
    buffer_days: int = 0
    deadline: date | None = None
    restart_on: date | None = None  # a return: the first session from then on is the minimum
    notes: tuple[str, ...] = ()
    ideas: Ideas = NO_IDEAS  # what its steps were made of, to be kept with the understanding


class Style(StrEnum):
    """How somebody likes to be spoken to."""

    GENTLE = "gentle"  # a normalising word more, and no hurry
    BALANCED = "balanced"
    FIRM = "firm"  # no affirmation, fewer words; never pressure


@dataclass(frozen=True, slots=True)
class Progress:
    """What somebody did so far: the facts a reply may use. What is empty is not said.

    Texts are finished phrases in *language*; days are values, so that the reply says them.
    """

    title: str = ""
    activity: str = ""
    minimum: str = ""
    next_session: str = ""
    done: int = 0  # this week, small ones included
    planned: int = 0
    weeks: int = 0  # since the plan began
    done_4_weeks: int = 0
    planned_4_weeks: int = 0
    comebacks: int = 0
    best_day: int | None = None  # the weekday that goes best; 0 is Monday
    best_week: int = 0  # the number of the week that went best
    days_in: int = 0  # days since the quit day, or since the last slip
    cue: str = ""
    action: str = ""
    why: str = ""
    obstacle: str = ""  # continues "If …"
    obstacle_then: str = ""  # continues "then I …"
    obstacle_reason: str = ""  # the code of what it answers, where that is known
    next_day: date | None = None
    next_figure: str = ""  # of the ramp's next step: "14 min"
    what_works: str = ""  # in the person's own words
    memory: tuple[str, ...] = ()  # what is remembered of them, newest first; their words in it
    reasons: tuple[str, ...] = ()  # codes of what got in the way in four weeks, latest first
    goal_type: GoalType | None = None
    language: str = "en"
    style: Style = Style.BALANCED


@dataclass(frozen=True, slots=True)
class Line:
    """Something said in the talk so far, by the person or by us."""

    by_them: bool
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said lately: our texts of a week, oldest first, this hour's turns, the last talk."""

    recent: tuple[str, ...] = ()
    turns_last_hour: int = 0
    turns_last_day: int = 0
    talk: tuple[Line, ...] = ()


NOTHING_HEARD = Heard()


class Action(StrEnum):
    """What a reply may offer to do, as a button."""

    EASIER = "easier"
    CHANGE_PLAN = "change_plan"
    REMIND = "remind"
    PAUSE = "pause"
    TALK_TO_SOMEONE = "talk_to_someone"
    MOVE = "move"
    MINIMUM = "minimum"


class Wish(StrEnum):
    """What somebody wants who writes out of everyday life."""

    REPORT = "report"
    FINISHED = "finished"
    CHANGE = "change"
    NEW_GOAL = "new_goal"
    PAUSE = "pause"
    QUESTION = "question"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Reply:
    """A coaching reply, how it came about, and at most two things it offers to do."""

    text: str
    intent: str
    actions: tuple[Action, ...] = ()


RULES, MODEL = "rules", "model"
"""Who made something: the *mode* of a reading, a draft, a ledger row."""

RULES_VERSION = "rules-1"
"""What stands for a prompt's version in what the rules made."""


@dataclass(frozen=True, slots=True)
class Drafted(Generic[T]):
    """A coach's work with its pedigree: who made it, from which prompt, how well it scores."""

    work: T
    scores: Scores
    mode: str  # "rules" or "model"
    prompt_version: str = RULES_VERSION
    first: Scores | None = None  # of the draft that this one came after, if it was not the first
    variant: str = ""  # "experiment/variant" of the prompt asked by, whoever answered then
    trace_id: str | None = None  # of the turn that made it, where that is traced
