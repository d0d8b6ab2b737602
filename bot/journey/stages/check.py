"""SAFETY_CHECK: one direct question about a doubtful hint, or about somebody's age."""

from dataclasses import replace

from bot.journey.conversation import Care, Conversation, Stage
from bot.journey.effects import Rows, Say
from bot.journey.events import Event, Pressed, Said
from bot.journey.fixed import fixed
from bot.journey.stages import anywhere, heavy, hold, minors
from bot.journey.step import Step, button, say
from coach.safety_answers import Answer, is_grown_up, read
from coach.values import Danger, Safety

MOST_ASKED = 2
"""How often the question is asked before the heavy words are said instead."""

_DANGER: Rows = (
    (button("safety.yes", "sf", "yes"), button("safety.low", "sf", "low")),
    (button("safety.no_figure", "sf", "fig"),),
)
_AGE: Rows = ((button("safety.adult", "sf", "adult"), button("safety.young", "sf", "young")),)


def ask(conversation: Conversation, about: Danger) -> Step:
    """Ask directly; what was going on waits."""
    care = replace(conversation.care, about=about, back=conversation.stage, asked=1)
    return again(replace(conversation, stage=Stage.SAFETY_CHECK, care=care))


def again(conversation: Conversation) -> Step:
    """Ask the question that is open."""
    about = conversation.care.about
    buttons = _AGE if about is Danger.MINOR else _DANGER
    return Step(conversation, (Say((fixed(Safety(about, soft=True), conversation),), buttons),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Read the answer."""
    if conversation.care.about is Danger.MINOR:
        return _age(conversation, said)
    match read(said.text):
        case Answer.YES:
            return yes(conversation, said)
        case Answer.LOW:
            return low(conversation, said)
        case Answer.NO:
            return figure_of_speech(conversation, said)
        case Answer.UNCLEAR:
            return unclear(conversation, said)


def unclear(conversation: Conversation, _: Event) -> Step:
    """Ask once more, then say the heavy words; an age is asked for until it is told."""
    care = conversation.care
    if care.about is not Danger.MINOR and care.asked >= MOST_ASKED:
        return heavy.say_it(left(conversation))
    return again(replace(conversation, care=replace(care, asked=MOST_ASKED)))


def yes(conversation: Conversation, event: Event) -> Step:
    """Hold."""
    return hold.enter(left(conversation), event, Danger.SELF_HARM)


def low(conversation: Conversation, _: Event) -> Step:
    """Say the heavy words, and be back where it came from; an age stays open."""
    if conversation.care.about is Danger.MINOR:
        return anywhere.show_again(left(conversation))
    return heavy.say_it(left(conversation))


def figure_of_speech(conversation: Conversation, event: Event) -> Step:
    """Go back to the goal; such hints are not asked about again for a day."""
    back = left(conversation)
    cleared = replace(back, care=replace(back.care, cleared=event.at))
    return anywhere.show_again(cleared).after(say("safety.good_to_know"))


def adult(conversation: Conversation, _: Event) -> Step:
    """Go on; the age is not asked for again."""
    back = left(conversation)
    return anywhere.show_again(replace(back, care=replace(back.care, adult=True)))


def young(conversation: Conversation, event: Pressed | Said) -> Step:
    """Rein is for adults."""
    return minors.enter(left(conversation), event)


def _age(conversation: Conversation, said: Said) -> Step:
    if is_grown_up(said.text) or read(said.text) is Answer.YES:
        return adult(conversation, said)
    if read(said.text) is Answer.NO:
        return young(conversation, said)
    return unclear(conversation, said)


def left(conversation: Conversation) -> Conversation:
    """Be back where the question came from."""
    care = conversation.care
    calm = Care(
        cleared=care.cleared, adult=care.adult, refused=care.refused, taps_until=care.taps_until
    )
    return replace(conversation, stage=care.back or Stage.CONSENT, care=calm)
