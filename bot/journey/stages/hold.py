"""SAFETY_HOLD: no coaching, no goals, no questions; ways to people, until somebody is safe."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.journey import aside
from bot.journey.content import Text
from bot.journey.conversation import Care, Conversation, Stage
from bot.journey.effects import Effect, Hold, Rows, Say
from bot.journey.events import Event, Pressed, Said
from bot.journey.fixed import answered_in, fixed, link
from bot.journey.keeps import KeepHold, KeepQuestion
from bot.journey.stages import anywhere, heavy
from bot.journey.step import Step, button, say
from coach.values import Danger

SHORTEST = timedelta(hours=12)
"""How long a hold lasts at least, also for somebody who is safe again."""

ONCE_IN = timedelta(minutes=2)
"""Several texts within this time get one answer."""

_SAFE = button("safety.safe", "sf", "safe")
_FIGURE = button("safety.figure", "sf", "fig")
_TOMORROW: Rows = ((button("safety.ask_once", "sf", "tom"), button("safety.ask_not", "sf", "no")),)

_HOW = (
    button("safety.better", "sf", "better"),
    button("safety.same", "sf", "help"),
    button("safety.worse", "sf", "help"),
)


def enter(conversation: Conversation, event: Event, level: Danger) -> Step:
    """Say the fixed words in full, and hold from now on; what was going on waits."""
    care = conversation.care
    back = care.back if conversation.stage is Stage.SAFETY_HOLD else conversation.stage
    held = Care(
        about=level,
        back=back,
        since=event.at,
        adult=care.adult,
        refused=care.refused,
        taps_until=care.taps_until,
    )
    effects: tuple[Effect, ...] = (KeepHold(level.value),)
    if back is Stage.CONSENT:
        effects = (Hold(""), KeepHold(level.value))
    words = answered_in(level, conversation, event)
    held_on = replace(conversation, stage=Stage.SAFETY_HOLD, care=held)
    return Step(held_on, (*effects, Say(tuple(words), _buttons(held))))


def meet(conversation: Conversation, said: Said) -> Step:
    """Say the words of a plain danger in full again; of violence too; else the short line."""
    found = said.safety
    if found.danger is Danger.VIOLENCE_VICTIM:
        return Step(conversation, (heavy.violence(conversation, said),))
    if found.danger in {Danger.SELF_HARM, Danger.IMMEDIATE_DANGER} and not found.soft:
        return enter(conversation, said, found.danger)
    return answer(conversation, said)


def answer(conversation: Conversation, event: Event) -> Step:
    """Answer shortly, several messages in a row once."""
    care = conversation.care
    if care.answered is not None and event.at - care.answered < ONCE_IN:
        return Step(conversation)
    said = replace(conversation, care=replace(care, answered=event.at))
    words = answered_in("hold", conversation, event)
    return Step(said, (Say(tuple(words), _buttons(care)),))


def line(conversation: Conversation) -> Step:
    """Say the short line."""
    words = fixed("hold", conversation)
    return Step(conversation, (Say((words,), _buttons(conversation.care)),))


def safe(conversation: Conversation, _: Pressed) -> Step:
    """Take the word for it; the hold stays for its shortest time."""
    said = replace(conversation, care=replace(conversation.care, safe=True))
    if conversation.zone is None:  # nobody is written to before it is known what time it is there
        return Step(said, (Say((fixed("safe.alone", conversation),), ((link(),),)),))
    return Step(said, (Say((fixed("safe", conversation),), _TOMORROW),))


def ask_tomorrow(conversation: Conversation, _: Pressed) -> Step:
    """Promise one question, and keep the wish."""
    return Step(conversation, (KeepQuestion(), say("safety.will_ask")))


def ask_nothing(conversation: Conversation, _: Pressed) -> Step:
    """Ask nothing."""
    return Step(conversation, (say("safety.will_not_ask"),))


def how_are_you() -> Say:
    """Ask, on the day after, how it is; whoever is not better is shown people to talk to."""
    return Say((Text("nudge.safe"),), standing=(_HOW,))


def better(conversation: Conversation, _: Pressed) -> Step:
    """Take it as it was told; a hold stays for its shortest time."""
    return Step(conversation, (say("safety.good_to_hear"),))


def figure_of_speech(conversation: Conversation, pressed: Pressed) -> Step:
    """Go back to the goal: nothing was meant."""
    care = Care(cleared=pressed.at, adult=conversation.care.adult)
    back = replace(conversation, stage=conversation.care.back or Stage.CONSENT, care=care)
    return anywhere.show_again(back).after(say("safety.good_to_know"))


def released(conversation: Conversation, at: datetime) -> Conversation:
    """Let go of somebody who said that they are safe, once the shortest time is over."""
    care = conversation.care
    if conversation.stage is not Stage.SAFETY_HOLD or not care.safe or care.since is None:
        return conversation
    if at - care.since < SHORTEST:
        return conversation
    calm = Care(adult=care.adult, refused=care.refused, taps_until=care.taps_until)
    back = care.back or Stage.CONSENT
    left = replace(conversation, stage=back, care=calm, open=False, danger_at=at)
    if left.stage is Stage.CONSENT:
        return left
    return aside.step_aside(left, aside.base(left))


def _buttons(care: Care) -> Rows:
    if care.safe:
        return ((link(),),)
    return ((link(),), (_SAFE,), (_FIGURE,))
