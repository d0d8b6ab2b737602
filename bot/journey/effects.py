"""What the journey wants done: say, ask, keep. Values only; the turn does them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.check_ins.kinds import Kind
from bot.journey.asks import Ask
from bot.journey.content import Content, Text, Words
from bot.journey.events import Occasion, Rated, Subject
from bot.journey.house import Document
from bot.journey.keeps import Keep
from bot.journey.pictures import Chart
from coach.values import Scores


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a prompt; its callback data gets the prompt's number when it is sent.

    A button *about* an occasion belongs to that instead, and stays until it is used; one about
    a subject always stays. *chosen* marks the answer that was given before.
    With a *url* it opens that page, and nothing comes back to us.
    """

    label: Text | Words
    action: str
    argument: str = ""
    about: Occasion | Subject | Rated | None = None  # a kind: what this very turn keeps of it
    url: str = ""
    chosen: bool = False


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Say *content*, its parts as paragraphs, with buttons or a row of stars under it.

    What *shows* a subject may get its stars later, once it is agreed to.
    *standing* buttons ask nothing: they work at any time, whatever question is open.
    """

    content: tuple[Content, ...]
    buttons: Rows = ()
    standing: Rows = ()
    stars: Rated | Subject | None = None  # for what this very turn keeps, or says
    chips: Subject | None = None  # "what was off?" about it
    scores: Scores | None = None  # of a reply of the coach's, kept with it
    shows: Subject | None = None

    @property
    def is_prompt(self) -> bool:
        """Tell whether an answer is awaited: some button belongs to the prompt."""
        return any(button.about is None for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class Nudge:
    """What this turn says is said unasked, on the person's day *on*: not twice, and not late.

    *wording* names the words, so that it can be counted which of them are answered.
    """

    kind: Kind
    wording: str
    on: date
    until: datetime  # not sent from then on


@dataclass(frozen=True, slots=True)
class Redraw:
    """Show a message again in place, with new buttons under the same prompt."""

    message: int
    content: tuple[Content, ...]
    buttons: Rows


@dataclass(frozen=True, slots=True)
class Close:
    """Write the choice under a message, and take its keyboard away or put another there."""

    message: int
    shown: str  # the message's text as HTML
    choice: Text | Words
    stars: Rated | Subject | None = None
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Take the keyboard off prompt number *prompt*; it was answered in words."""

    prompt: int


@dataclass(frozen=True, slots=True)
class ShowStars:
    """Show the stars given in the row that was tapped, with buttons under them."""

    message: int
    subject: Subject
    stars: int
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class Toast:
    """A short note over the chat, in answer to a tap."""

    text: Text


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep a goal typed before consent in memory only; *if_none*: unless one is kept already."""

    text: str
    if_none: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Hand a file over."""

    document: Document


@dataclass(frozen=True, slots=True)
class ShowChart:
    """Have a chart drawn and shown, if it can be; its caption says what is in it."""

    chart: Chart
    caption: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase everything of this person's; nothing else of this turn is kept, or said in writing.

    *message* is the one with the button, whose keyboard goes.
    """

    message: int


@dataclass(frozen=True, slots=True)
class TurnAway:
    """Erase everything of somebody under age, and know the chat by a hash for a while."""


Effect = (
    Say
    | Nudge
    | Redraw
    | Close
    | Strip
    | ShowStars
    | Toast
    | Hold
    | Hand
    | ShowChart
    | Erase
    | TurnAway
    | Keep
    | Ask
)
