"""REFERRED: what only a doctor or a service can plan; we help to prepare that talk."""

from dataclasses import replace

from bot.journey import aside
from bot.journey.asks import AskReading
from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Rows, Say
from bot.journey.events import Event, Said
from bot.journey.fixed import fixed, link
from bot.journey.keeps import KeepTalk
from bot.journey.stages import goal
from bot.journey.step import Step, button, say, text, words
from coach.safety_answers import Answer, read, wants_to_prepare
from coach.values import Danger

FELT = "symptoms"
"""The kind of a danger that is felt in the body, and may be an emergency at any moment."""

_OTHER = button("safety.other_goal", "rf", "new")


def enter(conversation: Conversation, said: Said) -> Step:
    """Say the fixed words; before consent nothing more happens."""
    told = fixed(said.safety, conversation)
    if conversation.stage is Stage.CONSENT:
        return Step(conversation, (Say((told,), standing=((link(),),)),))
    about, kind = said.safety.danger, said.safety.kind
    stepped = aside.step_aside(conversation, Stage.REFERRED)
    care = replace(conversation.care, about=about, kind=kind, back=aside.base(conversation))
    return Step(replace(stepped, care=care), (Say((told,), _buttons(about)),))


def again(conversation: Conversation, _: Event | None = None) -> Step:
    """Say the same more shortly."""
    about = conversation.care.about
    return Step(conversation, (Say((fixed(f"{about}.again", conversation),), _buttons(about)),))


def listen(conversation: Conversation, said: Said) -> Step:
    """Prepare the talk, or read another goal."""
    if not said.text:
        return again(conversation)
    if said.answer:
        return again(conversation).after(say(words(said.answer)))
    about = conversation.care.about
    if about is not Danger.EATING_DISORDER and wants_to_prepare(said.text):
        return prepare(conversation, said)
    match read(said.text):
        case Answer.YES if about is not Danger.EATING_DISORDER:
            return prepare(conversation, said)
        case Answer.NO | Answer.YES:
            return other_goal(conversation, said)
        case _:
            return Step(conversation, (AskReading(Words(said.text)),))


def prepare(conversation: Conversation, _: Event) -> Step:
    """Give three questions to prepare, and put the talk on the list.

    What is felt in the body comes first: a yes may well have meant that it is felt right now.
    """
    care = conversation.care
    kind = "call" if care.about is Danger.DEPENDENCE else "talk"
    keep = KeepTalk(text(f"safety.{kind}.goal"))
    felt = (fixed("medical.symptoms.now", conversation),) if care.kind == FELT else ()
    return Step(left(conversation), (keep, say(*felt, f"safety.{kind}.questions")))


def other_goal(conversation: Conversation, _: Event) -> Step:
    """Ask for another goal; a draft stays."""
    return goal.ask(replace(left(conversation), stage=Stage.GOAL))


def left(conversation: Conversation) -> Conversation:
    """Be where somebody rests when nothing is going on."""
    care = replace(conversation.care, about=Danger.NONE, kind="", back=None)
    return replace(conversation, stage=aside.base(conversation), care=care)


def _buttons(about: Danger) -> Rows:
    if about is Danger.EATING_DISORDER:
        return ((link(), _OTHER),)
    label = "safety.plan_call" if about is Danger.DEPENDENCE else "safety.prepare"
    return ((Button(text(label), "rf", "prep"), _OTHER),)
