"""Whoever does not understand a question of the set-up gets it in simpler words."""

from dataclasses import replace

import pytest

from bot.journey import machine
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Say
from bot.journey.events import Said
from bot.journey.unexpected import ONLY_ANSWERS
from bot.texts import texts
from coach.values import Option, Question, Slot
from tests.bot.journey.test_about_rein import standing
from tests.bot.journey.test_danger import NOON, TURN

CLARIFIED = list(Slot)[: list(Slot).index(Slot.WHY) + 1]
PUZZLED = Said(NOON, TURN, "what do you mean?", asks=True, puzzled=True)


def asking(slot: Slot) -> Conversation:
    question = Question(slot, "How much?", (Option("a", "10 min"),))
    clarifying = standing(Stage.CLARIFY)
    return replace(clarifying, draft=replace(clarifying.draft, questions=(question,)))


def said(effects: tuple[Effect, ...]) -> list[object]:
    return [part for effect in effects if isinstance(effect, Say) for part in effect.content]


@pytest.mark.parametrize("slot", CLARIFIED)
def test_a_question_is_said_again_in_simpler_words(slot: Slot):
    step = machine.advance(asking(slot), PUZZLED)

    assert said(step.effects) == [
        Text(f"meant.{slot}"),
        Text("help.clarify"),
        Words("How much?"),
    ]
    assert step.conversation.draft == asking(slot).draft
    assert all(texts(language)(f"meant.{slot}") for language in ("en", "es"))


@pytest.mark.parametrize("stage", sorted({Stage.GOAL, *ONLY_ANSWERS} - {Stage.CLARIFY}))
def test_any_other_question_of_the_set_up_is_explained(stage: Stage):
    step = machine.advance(standing(stage), PUZZLED)

    assert Text(f"help.{stage}") in said(step.effects)
    assert Text("question.cannot_look_up") not in said(step.effects)
    assert step.conversation.stage is stage


def test_what_is_asked_beside_a_question_is_explained_too():
    torn = asking(Slot.AMOUNT)
    torn = replace(torn, draft=replace(torn.draft, other="learn to sail"))

    assert Text("help.clarify") in said(machine.advance(torn, PUZZLED).effects)
