"""Saying more about what was rated: one question at a time in one message, all voluntary.

Stars lead to one thing at a time. Enough of them bring the button that leads here; few stars
bring the question what was off, and its answer brings the button: those whom something
displeased are heard too, or the yes-rates would be those of the pleased.
"""

from bot.journey import aspects
from bot.journey.aspects import ONE_TO_FIVE, QUARTERS, Aspect
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Effect, Redraw, Rows, Say, Toast
from bot.journey.events import Rated, Subject, SubjectTapped
from bot.journey.keeps import KeepRating
from bot.journey.stages import feedback
from bot.journey.step import Step, text


def offer(subject: Subject) -> Rows:
    """Lay out the button that leads here."""
    return ((Button(Text("opinions.more"), "rm", about=subject),),)


def offer_progress(*, partly: bool) -> Rows:
    """Lay out the button that leads here from what this turn keeps of a session."""
    first = aspects.PERCENT if partly else aspects.DIFFICULTY
    return ((Button(Text("opinions.felt"), "rm", first.code, about=Rated.PROGRESS),),)


def more(conversation: Conversation, tapped: SubjectTapped) -> Step:
    """Ask the first question about the subject; where there is none, ask for a comment."""
    asked = aspects.ASPECTS[tapped.subject.rated]
    if not asked:
        return feedback.comment(conversation, tapped)
    first = aspects.find(tapped.subject.rated, tapped.argument) or asked[0]
    return Step(conversation, (Say(_question(tapped, first), _answers(tapped, first)),))


def answer(conversation: Conversation, tapped: SubjectTapped) -> Step:
    """Keep an answer, and ask the next question in its place, or thank."""
    subject = tapped.subject
    told = aspects.read(subject.rated, tapped.argument)
    if told is None:
        return Step(conversation, (Toast(Text("tap.unknown")),))
    kept: tuple[Effect, ...] = ()
    if told.value is not None:
        kept = (KeepRating(subject, told.value, told.aspect.name),)
    after = aspects.following(subject.rated, told.aspect)
    if after is None:
        shown = Redraw(tapped.message, (Text("opinions.thanks"),), _comment(subject))
    else:
        shown = Redraw(tapped.message, _question(tapped, after), _answers(tapped, after))
    return Step(conversation, (*kept, shown))


def _question(tapped: SubjectTapped, aspect: Aspect) -> tuple[Text, ...]:
    return (text(f"opinions.{tapped.subject.rated.name.lower()}.{aspect.name}"),)


def _answers(tapped: SubjectTapped, aspect: Aspect) -> Rows:
    given = tapped.given.get(aspect.name)
    choices = tuple(
        Button(
            _label(aspect, value),
            "ra",
            f"{aspect.code}{value}",
            about=tapped.subject,
            chosen=value == given,
        )
        for value in aspect.answers
    )
    skip = Button(Text("opinions.skip"), "ra", aspect.code, about=tapped.subject)
    return (choices, (skip,))


def _label(aspect: Aspect, value: int) -> Text | Words:
    if aspect.answers == ONE_TO_FIVE:
        return Words(str(value))
    if aspect.answers == QUARTERS:
        return text("opinions.percent", n=value)
    return Text("opinions.yes" if value else "opinions.no")


def _comment(subject: Subject) -> Rows:
    label = "opinions.note" if subject.rated is Rated.PROGRESS else "opinions.comment"
    return ((Button(Text(label), "rc", about=subject),),)
