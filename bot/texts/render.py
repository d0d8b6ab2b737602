"""Rendering: what the journey says becomes Telegram HTML. Nothing else may make HTML.

Every value is escaped here, whoever it comes from; catalogue texts and the coach's cards
are escaped too, so that markup can only come from this file.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from bot import callback_data
from bot.callback_data import About, Choice, OfSubject, Reason, Stars, Tap
from bot.journey.content import Content, PlanCard, ResolutionCard, Text, WeekView, Words
from bot.journey.effects import (
    Button,
    Close,
    Hand,
    Redraw,
    Rows,
    Say,
    ShowChart,
    ShowStars,
    Strip,
)
from bot.journey.events import Occasion, Rated, Subject
from bot.journey.rows import NO_PROMPT
from bot.outgoing import (
    EditKeyboard,
    EditText,
    Keyboard,
    Outgoing,
    SendChart,
    SendDocument,
    SendText,
)
from bot.texts import texts, weeks
from coach import cards
from coach.formats import day, number

BEST = 5
"""Stars in a row."""

REASONS = ("ge", "lo", "to", "wr", "ir", "sk")
"""What may be off: too generic, too long, tone, wrong fact, not relevant, skip."""

RATE = {
    Rated.RESOLUTION: "resolution.rate",
    Rated.PLAN: "plan.rate",
    Rated.REVIEW: "review.rate",
    Rated.FINISH: "finish.rate",
    Rated.SESSION: "session.rate",
}
"""What is said over a row of stars; a reply has them without a word."""

DAY = "date.sentence"
"""The text that says how a date is written in a sentence (CLDR): Sunday 18 April."""

Shown = Say | Redraw | Close | Strip | ShowStars | Hand | ShowChart
"""The effects that become messages or edits."""


class Rendering:
    """Renders the effects of one turn, in the person's language."""

    def __init__(
        self, language: str, prompt: int, kept: Mapping[Rated, Subject], sent_as: str
    ) -> None:
        self._language = language
        self._texts = texts(language)
        self._prompt = prompt
        self._kept = kept
        self._sent_as = sent_as  # what prompts are sent as; their number follows

    def render(self, shown: Shown) -> Outgoing:
        """Turn one effect into what is sent."""
        match shown:
            case Say():
                asked = self._rate_line(shown.stars)
                return SendText(self.html((*shown.content, *asked)), self._keyboard_of(shown))
            case Redraw(message, content, buttons):
                return EditText(message, self.html(content), self._keyboard(buttons, self._prompt))
            case Close():
                return self._closed(shown)
            case Strip(prompt):
                return EditKeyboard((), sent_as=prompt_key(self._sent_as, prompt))
            case Hand(document):
                return SendDocument(document.name, b64encode(document.content).decode())
            case ShowChart(chart, caption):
                return SendChart(chart, self._language, self.html(caption))
            case ShowStars(message, subject, stars, buttons):
                under = self._keyboard(buttons, NO_PROMPT)
                return EditKeyboard((*star_row(subject, stars), *under), message=message)

    def html(self, content: Iterable[Content]) -> str:
        """Render paragraphs."""
        return "\n\n".join(self._paragraph(part) for part in content)

    def toast(self, text: Text) -> str:
        """Render a note over the chat; it has no markup."""
        return self._words(text)

    def _paragraph(self, part: Content) -> str:
        match part:
            case Text() | Words():
                return escape(self._words(part))
            case ResolutionCard(resolution):
                return marked_up(cards.resolution(resolution, self._language))
            case PlanCard(plan):
                return marked_up(cards.plan(plan, self._language))
            case WeekView(days):
                return escape(weeks.view(days, self._language))

    def _words(self, part: Text | Words) -> str:
        if isinstance(part, Words):
            return part.text
        return self._texts(part.key, **{name: self._value(v) for name, v in part.slots.items()})

    def _value(self, value: object) -> object:
        if isinstance(value, Text):
            return self._words(value)
        if isinstance(value, date):
            return day(value, self._texts(DAY), self._language)
        return number(value, self._language) if isinstance(value, float) else value

    def _keyboard_of(self, say: Say) -> Keyboard:
        if say.stars is not None:
            return star_row(self._subject(say.stars), 0)
        if say.chips is not None:
            return self._chips(say.chips)
        if say.standing:
            return self._keyboard(say.standing, NO_PROMPT)
        return self._keyboard(say.buttons, self._prompt)

    def _keyboard(self, buttons: Rows, prompt: int) -> Keyboard:
        return tuple(tuple(self._button(button, prompt) for button in row) for row in buttons)

    def _button(self, button: Button, prompt: int) -> tuple[str, str]:
        if button.url:
            return self._words(button.label), button.url
        label = self._words(button.label)
        written = callback_data.encode(self._choice(button, prompt))
        return f"✓ {label}" if button.chosen else label, written

    def _choice(self, button: Button, prompt: int) -> Choice:
        match button.about:
            case None:
                return Tap(button.action, prompt, button.argument)
            case Occasion() as occasion:
                return About(button.action, occasion, button.argument)
            case rated:
                return OfSubject(button.action, self._subject(rated), button.argument)

    def _subject(self, rated: Rated | Subject) -> Subject:
        return rated if isinstance(rated, Subject) else self._kept[rated]

    def _rate_line(self, stars: Rated | Subject | None) -> tuple[Text, ...]:
        rated = stars.rated if isinstance(stars, Subject) else stars
        return (Text(RATE[rated]),) if rated is not None and rated in RATE else ()

    def _chips(self, subject: Subject) -> Keyboard:
        chips = [
            (self._texts(f"stars.{code}"), callback_data.encode(Reason(subject, code)))
            for code in REASONS
        ]
        return tuple(tuple(chips[start : start + 2]) for start in range(0, len(chips), 2))

    def _closed(self, close: Close) -> Outgoing:
        keyboard = self._keyboard(close.buttons, NO_PROMPT)
        if close.stars is not None:
            keyboard = star_row(self._subject(close.stars), 0)
        if not close.shown:
            return EditKeyboard(keyboard, message=close.message)
        lines = [close.shown, f"✓ {escape(self._words(close.choice))}"]
        lines += [f"<i>{escape(self._words(line))}</i>" for line in self._rate_line(close.stars)]
        return EditText(close.message, "\n\n".join(lines), keyboard)


def star_row(subject: Subject, given: int) -> Keyboard:
    """Lay out five stars, *given* of them filled."""
    return (
        tuple(
            ("★" if star <= given else "☆", callback_data.encode(Stars(subject, star)))
            for star in range(1, BEST + 1)
        ),
    )


def prompt_key(sent_as: str, prompt: int) -> str:
    """Name the outbox row that sends prompt number *prompt*, so that it can be edited."""
    return f"{sent_as}:{prompt}"


def marked_up(card: Iterable[cards.Line]) -> str:
    """Render a card of the coach."""
    return "\n".join("".join(_run(run) for run in line) for line in card)


def _run(run: cards.Run) -> str:
    text = escape(run.text)
    match run.style:
        case cards.Style.BOLD:
            return f"<b>{text}</b>"
        case cards.Style.ITALIC:
            return f"<i>{text}</i>"
        case cards.Style.PLAIN:
            return text
