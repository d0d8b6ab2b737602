"""A newer consent text is asked for again, and nothing is lost by it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.journey import machine
from bot.journey.conversation import Conversation, Draft, Stage
from bot.journey.effects import Hold, Say
from bot.journey.events import Command, Pressed, Said
from bot.journey.house import AskAgain, AskExport, Disclosure
from bot.journey.keeps import KeepConsent
from bot.journey.stages import consent
from coach.values import GoalUnderstanding

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TURN = "018f4a7e-0000-7000-8000-000000000001"
DRAFT = Draft(GoalUnderstanding("run", behaviour="run"), days=(1, 3))
DECIDING = Conversation(stage=Stage.DAYS, draft=DRAFT, consent="0")


def yes(conversation: Conversation, held: str) -> Pressed:
    return Pressed(NOON, TURN, "cs", "r", conversation.prompt, 9, "Yes", "shown", held=held)


@pytest.mark.parametrize("event", [Said(NOON, TURN, "Mondays"), Command(NOON, TURN, "plan")])
def test_an_older_consent_is_asked_for_again(event: Said | Command):
    step = machine.advance(DECIDING, event)

    assert step.conversation.stage is Stage.CONSENT
    assert step.conversation.renewing is Stage.DAYS
    assert Hold("Mondays" if isinstance(event, Said) else "") in step.effects


def test_after_the_yes_the_words_are_heard_where_they_were_said():
    asking = machine.advance(DECIDING, Said(NOON, TURN, "Mondays")).conversation

    step = machine.advance(asking, yes(asking, "Mondays"))

    assert (step.conversation.stage, step.conversation.draft) == (Stage.DAYS, DRAFT)
    assert step.conversation.consent == consent.FIRST
    assert {KeepConsent(consent.FIRST), AskAgain("Mondays")} <= set(step.effects)


@pytest.mark.parametrize("here", [DECIDING, Conversation()], ids=["renewing", "new"])
def test_what_can_be_no_goal_replaces_nothing_that_is_held(here: Conversation):
    asking = machine.advance(here, Said(NOON, TURN, "run on Mondays")).conversation

    step = machine.advance(asking, Said(NOON, TURN, "yes", no_goal=True))

    assert all(one.if_none for one in step.effects if isinstance(one, Hold))
    assert "consent.tap" in str(step.effects)
    assert step.conversation.stage is Stage.CONSENT


def test_a_yes_typed_to_a_newer_text_is_not_heard_as_an_answer_to_the_stage():
    asking = machine.advance(DECIDING, Command(NOON, TURN, "plan")).conversation

    step = machine.advance(asking, Said(NOON, TURN, "yes", no_goal=True))

    assert not [effect for effect in step.effects if isinstance(effect, Hold)]


def test_a_no_changes_nothing_and_the_question_comes_again():
    asking = machine.advance(DECIDING, Said(NOON, TURN, "Mondays")).conversation
    no = replace(yes(asking, ""), argument="n")

    declined = machine.advance(asking, no).conversation

    assert (declined.stage, declined.renewing) == (Stage.CONSENT, Stage.DAYS)
    assert declined.draft == DRAFT


def test_ones_own_data_needs_no_newer_consent():
    assert machine.advance(DECIDING, Command(NOON, TURN, "export")).effects == (AskExport(),)


@pytest.mark.parametrize("agreed", ["", consent.FIRST, consent.WITH_MODEL])
def test_the_present_consent_is_not_asked_for_again(agreed: str):
    here = replace(DECIDING, consent=agreed)

    assert machine.advance(here, Said(NOON, TURN, "Mondays")).conversation.stage is Stage.DAYS


MODELLED = Disclosure(provider="Google (Gemini)", free_tier=True)


@pytest.mark.parametrize("agreed", ["", consent.FIRST])
def test_a_model_needs_a_consent_that_names_it(agreed: str):
    here = replace(DECIDING, consent=agreed, disclosure=MODELLED)

    asked = machine.advance(here, Said(NOON, TURN, "Mondays"))
    agrees = machine.advance(asked.conversation, yes(asked.conversation, "Mondays"))

    told = str([effect for effect in asked.effects if isinstance(effect, Say)])
    assert "consent.model" in told
    assert "consent.free_tier" in told
    assert agrees.conversation.consent == consent.WITH_MODEL


def test_a_newcomer_hears_of_the_model_before_agreeing():
    step = machine.advance(Conversation(disclosure=MODELLED), Command(NOON, TURN, "start"))

    assert "consent.model" in str(step.effects)


TRACED = Disclosure(tracing="opik.example.org", traces_words=True)


@pytest.mark.parametrize("agreed", ["", consent.FIRST, consent.WITH_MODEL])
def test_traces_with_words_need_a_consent_that_names_where_they_go(agreed: str):
    here = replace(DECIDING, consent=agreed, disclosure=TRACED)

    asked = machine.advance(here, Said(NOON, TURN, "Mondays"))
    agrees = machine.advance(asked.conversation, yes(asked.conversation, "Mondays"))

    assert "consent.traces_words" in str(asked.effects)
    assert agrees.conversation.consent == consent.WITH_WORDS


@pytest.mark.parametrize("house", [Disclosure(), TRACED, MODELLED])
def test_who_agreed_to_both_is_not_asked_for_either(house: Disclosure):
    assert consent.covers(replace(DECIDING, consent=consent.WITH_BOTH, disclosure=house))


def test_traces_without_words_are_told_of_and_need_no_newer_consent():
    house = Disclosure(tracing="opik.example.org")

    step = machine.advance(Conversation(disclosure=house, open=True), more())

    assert "consent.traces" in str(step.effects)
    assert consent.covers(replace(DECIDING, consent=consent.FIRST, disclosure=house))


def test_without_opik_nothing_is_said_of_traces():
    assert "traces" not in str(machine.advance(Conversation(open=True), more()).effects)


def more() -> Pressed:
    return Pressed(NOON, TURN, "cs", "more", 0, 9, "What is stored?", "shown")
