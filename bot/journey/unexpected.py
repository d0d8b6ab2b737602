"""What people do instead of answering: emoji, questions, other languages, second thoughts.

Pure, like all of the journey: each function looks at what was said and tells how the
conversation copes with it, or that there is nothing to cope with.
"""

import unicodedata
from dataclasses import replace

from bot.journey.content import Content, Text, Words
from bot.journey.conversation import EVERYDAY, SETUP, Before, Conversation, Stage
from bot.journey.effects import Effect
from bot.journey.events import Edited, Said
from bot.journey.keeps import Keep, KeepLanguage
from bot.journey.step import say, text
from coach.values import Danger

HARMLESS = {Danger.NONE, Danger.CAUTION, Danger.HEAVY}
"""What triage may find without the conversation stopping for it."""

PATIENCE = 3
"""Answers that could not be read, in a row, after which the easy way is offered."""

CAPTURING = frozenset({
    *SETUP, Stage.SETTINGS, Stage.FEEDBACK, Stage.MEMORY, Stage.REASON,
})  # fmt: skip
"""Stages at which free text is the answer to what was asked."""

LISTENING = frozenset({*EVERYDAY, Stage.PAUSED}) - CAPTURING
"""Stages that find out by themselves what is wanted, before a question about Rein is answered."""

ONLY_ANSWERS = frozenset({
    Stage.SPLIT, Stage.RESIZE, Stage.CLARIFY, Stage.DAYS, Stage.TIME, Stage.ZONE,
    Stage.OBSTACLE, Stage.CONFIDENCE, Stage.EASIER, Stage.CHECK_IN_TIME,
})  # fmt: skip
"""Stages at which a question cannot be a wish for a change."""

KINDS = {
    "voice": "voice", "video_note": "voice", "audio": "voice",
    "sticker": "sticker", "animation": "sticker", "dice": "sticker",
    "photo": "picture", "video": "picture",
    "location": "place", "contact": "place",
}  # fmt: skip
"""How messages without words are spoken of; every other kind is a file."""

_SIGNS = {"So", "Sk"}  # pictures, and the skin tones that follow them
_JOINERS = {"M", "C"}  # variation selectors and zero-width joiners


def is_emoji(said: str) -> bool:
    """Tell whether a text is nothing but emoji."""
    signs = [unicodedata.category(sign) for sign in said if not sign.isspace()]
    return "So" in signs and all(sign in _SIGNS or sign[0] in _JOINERS for sign in signs)


def answer_to_question(conversation: Conversation, said: Said) -> tuple[Content, ...]:
    """Answer a question that came instead of an answer; nothing when it is to be read as usual."""
    if said.puzzled and conversation.stage in {Stage.GOAL, *ONLY_ANSWERS}:
        return _simpler(conversation)
    if said.answer and conversation.stage not in LISTENING:
        return (Words(said.answer),)
    if said.asks and conversation.stage in ONLY_ANSWERS:
        return (Text("question.cannot_look_up"),)
    return ()


def _simpler(conversation: Conversation) -> tuple[Content, ...]:
    """Say in simpler words what is asked, and what it is asked for."""
    draft, reason = conversation.draft, Text(f"help.{conversation.stage}")
    if conversation.stage is Stage.CLARIFY and draft.questions and not draft.other:
        return Text(f"meant.{draft.questions[0].slot}"), reason
    return (reason,)


def speak(conversation: Conversation, said: Said) -> tuple[Conversation, tuple[Effect, ...]]:
    """Meet another language, once: speak it where we can, otherwise say honestly what we speak."""
    foreign = said.foreign
    if foreign is None or conversation.foreign_told:
        return conversation, ()
    told = replace(conversation, foreign_told=True)
    if not foreign.spoken:
        line = text("language.unknown", language=foreign.name, known=foreign.known)
        return told, (say(line),)
    spoken = replace(told, language=foreign.code)
    if conversation.stage is Stage.CONSENT:
        return spoken, ()
    return spoken, (KeepLanguage(foreign.code), say("language.switched"))


def reconsidered(conversation: Conversation, edited: Edited) -> tuple[Conversation, Said | None]:
    """Take an edited answer: back to before it was given, and what it says now.

    Anything else that was edited changes nothing, unless it tells of danger by now.
    """
    before = conversation.before
    if before is not None and before.message == edited.said.message:
        back = replace(conversation, stage=before.stage, draft=before.draft, before=None)
        return back, edited.said
    return conversation, None if edited.said.safety.danger in HARMLESS else edited.said


def remembered(before: Conversation, said: Said, effects: tuple[Effect, ...]) -> Before | None:
    """Note where an answer was given, so that it can be edited; not once something is kept."""
    kept = any(isinstance(effect, Keep) for effect in effects)
    if kept or before.stage not in SETUP or not said.message:
        return None
    return Before(said.message, before.stage, before.draft)
