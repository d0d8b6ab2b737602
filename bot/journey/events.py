"""What can happen to a conversation. Every event brings its time and the id of its turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.check_ins.kinds import Kind
from coach.values import Safety


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at *at*, in the turn *turn* (a UUIDv7, unique)."""

    at: datetime
    turn: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Another language than the conversation's, by its own name; *known* lists what we speak."""

    code: str
    name: str
    spoken: bool
    known: str


@dataclass(frozen=True, slots=True)
class Said(Event):
    """The person wrote *text*, and what the coach heard in it at once.

    *message* is Telegram's number of it, *answer* the answer to a common question that it asks;
    *puzzled*: it asks what was meant;
    *no_goal*: a greeting, a yes, a question or the like, which cannot be somebody's goal;
    *agrees*: the words are a plain yes (True) or no (False), as a tap on a card's button is.
    """

    text: str
    safety: Safety = field(default_factory=Safety)
    message: int = field(default=0, compare=False)
    asks: bool = False
    agrees: bool | None = None
    answer: str = ""
    puzzled: bool = False
    no_goal: bool = False
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """The person changed an earlier message into *said*."""

    said: Said


@dataclass(frozen=True, slots=True)
class Command(Event):
    """The person sent a command, without its slash; *argument* is the rest of the line."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed(Event):
    """The person tapped a button of prompt number *prompt* on message *message*.

    *label* is what the button said and *shown* that message's text as HTML, so that the
    choice can be written under it; *held* is a goal typed before consent, stored nowhere.
    """

    action: str
    argument: str
    prompt: int
    message: int
    label: str = ""
    shown: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of somebody's goals on one local day: what check-ins and reviews are about."""

    goal: int
    on: date


@dataclass(frozen=True, slots=True)
class OccasionTapped(Event):
    """The person tapped a button about an occasion, which must still be found to be theirs.

    Such buttons belong to their occasion and to no prompt: they act at every stage. *shows* is
    the subject that the message is, if it is one.
    """

    action: str
    occasion: Occasion
    argument: str
    message: int
    label: str = ""
    shown: str = ""
    shows: "Subject | None" = None


class Rated(StrEnum):
    """What can be rated; the value is the letter used in callback data."""

    RESOLUTION = "r"
    PLAN = "p"
    REPLY = "c"
    REVIEW = "w"
    FINISH = "f"
    PROGRESS = "g"
    SESSION = "s"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is rated: one version of a resolution, plan or session told of, or what we said.

    *number* is the goal's id, or one made of the turn that said it. Progress is about the
    *place*-th session of the day *on*.
    """

    rated: Rated
    number: int
    version: int = 1
    on: date | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Starred(Event):
    """The person gave *stars* (1 to 5) to a subject, which must still be found to be theirs."""

    subject: Subject
    stars: int
    message: int


@dataclass(frozen=True, slots=True)
class Criticised(Event):
    """The person said what was off with a subject (a reason code, or `sk` for none)."""

    subject: Subject
    reason: str
    message: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SubjectTapped(Event):
    """The person tapped a button about a subject, which must still be found to be theirs.

    Like stars, such buttons act at every stage. *given* holds what they answered about it
    until now, by aspect.
    """

    action: str
    subject: Subject
    argument: str
    message: int
    given: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class SentOther(Event):
    """The person sent something that is not text: a voice message, picture, sticker, file …"""

    what: str


@dataclass(frozen=True, slots=True)
class Unknown(Event):
    """A tap that means nothing any more, or never did (forged, foreign, another version)."""

    message: int | None = None


@dataclass(frozen=True, slots=True)
class Due(Event):
    """A check-in's time came at *due_at*."""

    kind: Kind
    due_at: datetime
