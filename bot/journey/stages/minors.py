"""ADULT_ONLY: Rein is for adults; what was written is erased, and said once a day."""

from dataclasses import replace
from datetime import timedelta

from bot.journey.conversation import Care, Conversation, Stage
from bot.journey.effects import Hold, Say, TurnAway
from bot.journey.events import Event, Said
from bot.journey.fixed import answered_in, fixed, link
from bot.journey.step import Step
from coach.values import Danger

AGAIN_AFTER = timedelta(days=1)
"""How long nothing is said again."""

URGENT = {Danger.IMMEDIATE_DANGER, Danger.SELF_HARM, Danger.VIOLENCE_VICTIM}


def enter(conversation: Conversation, event: Event) -> Step:
    """Say that Rein is for adults, and erase what was written."""
    away = Conversation(Stage.ADULT_ONLY, language=conversation.language, care=Care(told=event.at))
    return Step(away, (TurnAway(), Hold(""), Say((fixed(Danger.MINOR, conversation),))))


def meet(conversation: Conversation, said: Said) -> Step:
    """Meet danger with its words in full, at any time; nothing else is answered."""
    found = replace(said.safety, soft=False)
    if found.danger not in URGENT:
        return answer(conversation, said)
    words = answered_in(found, conversation, said)
    return Step(conversation, (Say(tuple(words), standing=((link(),),)),))


def answer(conversation: Conversation, event: Event) -> Step:
    """Say it once a day."""
    told = conversation.care.told
    if told is not None and event.at - told < AGAIN_AFTER:
        return Step(conversation)
    return enter(conversation, event)


def help_(conversation: Conversation, _: Event) -> Step:
    """Name lines for young people."""
    words = fixed("minor.help", conversation)
    return Step(conversation, (Say((words,), standing=((link(),),)),))


def stay_silent(conversation: Conversation, _: Event) -> Step:
    """Say nothing."""
    return Step(conversation)
