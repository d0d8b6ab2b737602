"""A conversation: the stage it is in and the draft that grows in it.

Stored whole after every turn, so a restart loses nothing. Time never comes from a clock
here; `touched` is the time of the last event.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.journey.events import Occasion, Subject
from bot.journey.house import Disclosure
from coach.lived import Told
from coach.preferences import Preferences
from coach.values import (
    Danger,
    Drafted,
    GoalUnderstanding,
    Option,
    Plan,
    Question,
    Resolution,
    Slot,
)


class Stage(StrEnum):
    """Where a conversation stands, in the order people travel."""

    CONSENT = "consent"
    GOAL = "goal"
    SPLIT = "split"
    RESIZE = "resize"
    CLARIFY = "clarify"
    RESOLUTION = "resolution"
    REVISE = "revise"
    DAYS = "days"
    TIME = "time"
    ZONE = "zone"
    OBSTACLE = "obstacle"
    PLAN = "plan"
    PLAN_EDIT = "plan_edit"
    CONFIDENCE = "confidence"
    EASIER = "easier"
    CHECK_IN_TIME = "check_in_time"
    RESUME = "resume"
    HOME = "home"
    DATA = "data"
    GOALS = "goals"
    DELETE_GOAL = "delete_goal"
    CROWDED = "crowded"
    PAUSE = "pause"
    PAUSED = "paused"
    RETURN = "return"
    SETTINGS = "settings"
    FEEDBACK = "feedback"
    MEMORY = "memory"
    COACH = "coach"
    CHECK_IN = "check_in"
    REASON = "reason"
    REVIEW = "review"
    LAPSE = "lapse"
    FINISH = "finish"
    SAFETY_CHECK = "safety_check"
    SAFETY_HOLD = "safety_hold"
    REFERRED = "referred"
    ADULT_ONLY = "adult_only"


SETUP = (
    Stage.GOAL, Stage.SPLIT, Stage.RESIZE, Stage.CLARIFY, Stage.RESOLUTION, Stage.REVISE,
    Stage.DAYS, Stage.TIME, Stage.ZONE, Stage.OBSTACLE, Stage.PLAN, Stage.PLAN_EDIT,
    Stage.CONFIDENCE, Stage.EASIER, Stage.CHECK_IN_TIME,
)  # fmt: skip
"""The way from a goal to an agreed plan."""

EVERYDAY = (
    Stage.HOME, Stage.COACH, Stage.CHECK_IN, Stage.REASON, Stage.REVIEW, Stage.LAPSE, Stage.FINISH,
)  # fmt: skip
"""Life with an agreed plan: from each of these any other is one message away."""

SCREENS = (
    Stage.GOALS, Stage.DELETE_GOAL, Stage.CROWDED, Stage.PAUSE, Stage.SETTINGS, Stage.FEEDBACK,
    Stage.MEMORY,
)  # fmt: skip
"""What is opened by a command beside everyday life; a question that arrives closes it."""


@dataclass(frozen=True, slots=True)
class Lighter:
    """An easier plan and the understanding it was made from."""

    understanding: GoalUnderstanding
    plan: Drafted[Plan]


@dataclass(frozen=True, slots=True)
class Draft:
    """A goal on its way to a plan: what was understood, asked, offered and agreed so far."""

    understanding: GoalUnderstanding | None = None
    parts: tuple[str, ...] = ()
    small: int | None = None  # which of two parts is a tiny habit
    options: tuple[Option, ...] = ()
    questions: tuple[Question, ...] = ()  # still to ask; the first one is pending
    answered: tuple[Question, ...] = ()
    resolution: Drafted[Resolution] | None = None
    plan: Drafted[Plan] | None = None
    lighter: Lighter | None = None  # offered when somebody is not sure of the plan
    goal: int | None = None  # id of the goal, where it is stored already
    usual: tuple[int, ...] = ()  # days that the resolution means, where none were said
    days: tuple[int, ...] = ()  # ticked on the days keyboard
    zones: tuple[str, ...] = ()  # offered on the time zone keyboard
    changing: Slot | None = None  # what REVISE asks about
    other: str = ""  # another goal, typed while this one was asked about
    tries: int = 0  # answers not understood at this stage
    rounds: int = 0  # changes made to the resolution
    easings: int = 0  # "easier" taps in a row on the plan
    confidence: int | None = None  # 0 to 10, the middle of the range tapped
    trail: tuple[Stage, ...] = ()  # the way here, for /back


@dataclass(frozen=True, slots=True)
class Before:
    """Where the conversation stood before message number *message* was answered."""

    message: int
    stage: Stage
    draft: Draft


SAFETY = frozenset({Stage.SAFETY_CHECK, Stage.SAFETY_HOLD, Stage.REFERRED, Stage.ADULT_ONLY})
"""Stages of danger: no coaching in them, and nothing said there is kept."""


@dataclass(frozen=True, slots=True)
class Care:
    """What was noticed of danger: times and levels, never words."""

    about: Danger = Danger.NONE  # what is asked about, held for, or referred
    kind: str = ""  # which of its fixed texts a referral began with
    back: Stage | None = None  # where it leads back to
    asked: int = 0  # times the direct question was asked
    since: datetime | None = None  # when the hold began
    answered: datetime | None = None  # when the hold last said its short line
    safe: bool = False  # whether they said in the hold that they are safe
    cleared: datetime | None = None  # when they said that a hint was a figure of speech
    adult: bool = False  # whether they answered that they are 18 or older
    refused: tuple[datetime, ...] = ()  # when harm was refused lately
    taps_until: datetime | None = None  # until when only buttons are taken
    told: datetime | None = None  # when it was last said that Rein is for adults


@dataclass(frozen=True, slots=True)
class Erasing:
    """A question whether to erase everything: what its button must show, and until when."""

    token: str
    until: datetime
    back: Stage  # where [Keep] leads


@dataclass(frozen=True, slots=True)
class Noted:
    """The last answer to a check-in, and what stood there before, for as long as it can go back."""

    occasion: Occasion
    place: int
    before: Told | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Everyday:
    """What everyday talk is about: the occasion a stage asks about, and what was told last."""

    occasion: Occasion | None = None
    place: int = 0  # which session of that day
    report: Told | None = None  # heard in words, waiting for a yes
    note: str = ""  # the words of it
    what_worked: bool = False  # asked what made it work
    how_much: bool = False  # asked how much of it was done
    noted: Noted | None = None
    lapse_on: date | None = None  # when somebody was last met after drifting away
    emoji_on: date | None = None  # when an emoji out of the blue was last answered


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation. `prompt` numbers the live keyboard; older ones are stale."""

    stage: Stage = Stage.CONSENT
    draft: Draft = field(default_factory=Draft)
    prompt: int = 0
    open: bool = False  # whether the live prompt has a keyboard on the screen
    resume: Stage | None = None  # where [Continue] leads
    language: str = "en"
    zone: str | None = None  # IANA name, once the person has confirmed it
    has_goal: bool = False  # whether a plan was ever agreed: HOME exists
    touched: datetime | None = None
    erasing: Erasing | None = None  # asked at the stage DATA
    consent: str = ""  # version of the text agreed to; none noted: the first
    renewing: Stage | None = None  # where a renewed consent leads
    exported_at: datetime | None = None
    before: Before | None = None  # what an edit of the last answer goes back to
    care: Care = field(default_factory=Care)
    danger_at: datetime | None = None  # when it was last met, or stood in
    foreign_told: bool = False  # whether another language was spoken of already
    about: str = ""  # what an open list shows: a goal's id, or a setting's code
    examples: bool = False  # whether their messages may become examples
    examples_at: datetime | None = None  # when that was offered last
    commenting: Subject | None = None  # what a comment is asked about; none: the bot
    preferences: Preferences = field(default_factory=Preferences)  # loaded with the person
    everyday: Everyday = field(default_factory=Everyday)
    disclosure: Disclosure = field(default_factory=Disclosure)  # of the house, as it is today


def behind(conversation: Conversation) -> Stage:
    """Name the stage somebody stands at; the question whether to erase everything hides it."""
    erasing = conversation.erasing
    if conversation.stage is Stage.DATA and erasing is not None:
        return erasing.back
    return conversation.stage
