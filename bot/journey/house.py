"""What concerns the house rather than a goal: whose it is, what it keeps, who may come in.

Each `Ask…` is answered by the event named beside it, in the same turn.
"""

from dataclasses import dataclass

from bot.journey.content import Text
from bot.journey.events import Event


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What people have a right to know of an installation; what is empty is not in use."""

    provider: str = ""  # whose language model may be asked
    free_tier: bool = False  # whether that provider may reuse what it is sent
    tracing: str = ""  # where figures about answers may go
    traces_words: bool = False  # whether redacted words may go there too
    contact: str = ""
    backup_days: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over; its name is ours and holds no words."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """How an installation is doing, in numbers; never anybody's words."""

    people: int
    heard_this_week: int
    goals: int
    waiting: int  # messages and letters that are not dealt with yet
    invitations: int  # people who may still come in by one
    summary: tuple[Text, ...] = ()  # of the last days


@dataclass(frozen=True, slots=True)
class AskDisclosure:
    """Say what is configured → Disclosed; *wanted*, a command's name, comes back with it."""

    wanted: str = "privacy"


@dataclass(frozen=True, slots=True)
class Disclosed(Event):
    """What is configured, the command that wanted to know, and whether the model answers now.

    *mode* is "spent" or "resting" while the rules answer in the model's place.
    """

    disclosure: Disclosure
    wanted: str = "privacy"
    mode: str = ""


@dataclass(frozen=True, slots=True)
class AskExport:
    """Gather everything kept about the person → Exported."""


@dataclass(frozen=True, slots=True)
class Exported(Event):
    """Everything kept about the person, as files."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class AskToken:
    """Draw a token for a button that must not be guessed → TokenDrawn."""


@dataclass(frozen=True, slots=True)
class TokenDrawn(Event):
    """A random token."""

    token: str


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Hear *text* again, after something came in between → Said; empty asks what is pending."""

    text: str


@dataclass(frozen=True, slots=True)
class Administered(Event):
    """A command of somebody who may invite others; anyone else's stays an unknown command."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class AskInvitation:
    """Make an invitation for *uses* people → Invited."""

    uses: int


@dataclass(frozen=True, slots=True)
class Invited(Event):
    """An invitation: a link for *uses* people, good for *days*."""

    link: str
    uses: int
    days: int


@dataclass(frozen=True, slots=True)
class AskCounts:
    """Count what there is → Counted."""


@dataclass(frozen=True, slots=True)
class Counted(Event):
    """How the installation is doing."""

    counts: Counts


AskHouse = AskDisclosure | AskExport | AskToken | AskInvitation | AskCounts
