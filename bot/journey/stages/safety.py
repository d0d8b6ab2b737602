"""Danger, wherever somebody is: fixed words first, and ways to people who can help."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.journey.conversation import SAFETY, Care, Conversation, Stage
from bot.journey.effects import Say
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.fixed import fixed, link
from bot.journey.stages import check, data, heavy, hold, minors, referred
from bot.journey.step import Step
from bot.journey.unexpected import HARMLESS
from coach.values import Danger

REFUSALS = 3
"""Refusals within a day after which only buttons are taken for a day."""

DAY = timedelta(hours=24)

HEAVY_AT = {Stage.GOAL, Stage.HOME}
"""Where heavy words are met before anything else; elsewhere they may be the answer asked for."""


def alarms(conversation: Conversation, said: Said) -> bool:
    """Tell whether words are met as danger here; a hint that was explained is not met again."""
    found, care = said.safety, conversation.care
    if found.danger is Danger.HEAVY:
        return conversation.stage in HEAVY_AT
    if found.soft and conversation.stage not in SAFETY:
        return not (care.adult if found.danger is Danger.MINOR else was_cleared(care, said.at))
    return found.danger not in HARMLESS


def is_near(conversation: Conversation, event: Event) -> bool:
    """Tell whether danger is stood in, or told of just now."""
    met = isinstance(event, Said) and alarms(conversation, event)
    return met or conversation.stage in SAFETY


def was_cleared(care: Care, at: datetime) -> bool:
    """Tell whether hints were said to be figures of speech lately."""
    return care.cleared is not None and at - care.cleared < DAY


def takes_only_taps(conversation: Conversation, at: datetime) -> bool:
    """Tell whether text is not taken now, after several refusals."""
    until = conversation.care.taps_until
    return until is not None and at < until


def pending(conversation: Conversation) -> Step:
    """Say again what a stage of danger last said."""
    match conversation.stage:
        case Stage.SAFETY_CHECK:
            return check.again(conversation)
        case Stage.SAFETY_HOLD:
            return hold.line(conversation)
        case Stage.REFERRED:
            return referred.again(conversation)
        case _:
            return Step(conversation)


def meet(conversation: Conversation, said: Said) -> Step:
    """Say the fixed words about a danger, and only them; go where it is held."""
    found = said.safety
    match found.danger:
        case Danger.SELF_HARM | Danger.MINOR if found.soft:
            return check.ask(conversation, found.danger)
        case Danger.IMMEDIATE_DANGER | Danger.SELF_HARM:
            return hold.enter(conversation, said, found.danger)
        case Danger.MINOR:
            return minors.enter(conversation, said)
        case Danger.HARM_OTHERS | Danger.ILLEGAL:
            return _refuse(conversation, said)
        case Danger.EATING_DISORDER | Danger.MEDICAL | Danger.DEPENDENCE:
            return referred.enter(conversation, said)
        case Danger.VIOLENCE_VICTIM:
            return Step(conversation, (heavy.violence(conversation, said),))
        case _:
            return heavy.say_it(conversation, found)


def meet_in_check(conversation: Conversation, said: Said) -> Step:
    """Take what is plain as it is, and a second hint as no answer."""
    if said.safety.soft and said.safety.danger is conversation.care.about:
        return check.unclear(conversation, said)
    return meet(check.left(conversation), said)


def meet_in_referral(conversation: Conversation, said: Said) -> Step:
    """Answer the same wish more shortly, and any other danger as everywhere.

    What is felt in the body stays what the referral is about, whatever comes beside it.
    """
    found, care = said.safety, conversation.care
    if found.danger is care.about and care.kind in {found.kind, referred.FELT}:
        return referred.again(conversation)
    return meet(referred.left(conversation), said)


def support(conversation: Conversation, _: Event) -> Step:
    """Show whom to call, in every stage; the stage and what is pending stay."""
    words = fixed("support", conversation)
    return Step(conversation, (Say((words,), standing=((link(),),)),))


def forget(conversation: Conversation, pressed: Pressed) -> Step:
    """Ask once more whether to erase everything."""
    return data.prepare(conversation, Command(pressed.at, pressed.turn, "delete"))


def _refuse(conversation: Conversation, said: Said) -> Step:
    """Refuse shortly; after some refusals in a day only buttons are taken for a day."""
    care = conversation.care
    lately = (*(at for at in care.refused if said.at - at < DAY), said.at)
    until = said.at + DAY if len(lately) >= REFUSALS else care.taps_until
    noted = replace(conversation, care=replace(care, refused=lately, taps_until=until))
    return Step(noted, (Say((fixed(said.safety, conversation),)),))
