"""Danger in the journey, as pure steps: fixed words and nothing else, in every stage."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from bot.check_ins.kinds import Kind
from bot.journey import machine
from bot.journey.asks import Ask, AskDue
from bot.journey.content import Text, Words
from bot.journey.conversation import SAFETY, Care, Conversation, Draft, Erasing, Stage
from bot.journey.effects import Nudge, Say, TurnAway
from bot.journey.events import Command, Due, Pressed, Said, SentOther
from bot.journey.found import DueFound
from bot.journey.keeps import Keep, KeepHold, KeepQuestion, KeepTalk
from bot.journey.stages import hold
from bot.journey.step import Step
from coach import safety_texts
from coach.values import Danger, GoalUnderstanding, Safety
from tests.coach.test_safety_texts import STOPS

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TURN = "018f4a7e-0000-7000-8000-000000000001"
DRAFT = Draft(understanding=GoalUnderstanding("run", behaviour="run"))
FIXED = tuple(found for found in STOPS if found.danger is not Danger.HEAVY)
OPEN = [stage for stage in Stage if stage not in SAFETY]


def at(stage: Stage) -> Conversation:
    erasing = Erasing("token", NOON + timedelta(days=1), Stage.HOME)
    return Conversation(
        stage,
        DRAFT,
        prompt=3,
        open=True,
        zone="Europe/Madrid",
        has_goal=True,
        erasing=erasing if stage is Stage.DATA else None,
    )


def tell(conversation: Conversation, text: str, when: datetime = NOON, **found: object) -> Step:
    safety = Safety(**found)  # type: ignore[arg-type]
    return machine.advance(conversation, Said(when, TURN, text, safety))


def tap(conversation: Conversation, code: str, when: datetime = NOON) -> Step:
    action, _, argument = code.partition(":")
    prompt = conversation.prompt
    return machine.advance(conversation, Pressed(when, TURN, action, argument, prompt, 9))


def words(step: Step) -> str:
    said = [effect for effect in step.effects if isinstance(effect, Say)]
    parts = [part for effect in said for part in effect.content]
    return " ".join(part.text if isinstance(part, Words) else part.key for part in parts)  # type: ignore[union-attr]


def labels(step: Step) -> list[str]:
    said = [effect for effect in step.effects if isinstance(effect, Say)]
    rows = [row for effect in said for row in (*effect.buttons, *effect.standing)]
    return [button.label.key for row in rows for button in row]  # type: ignore[union-attr]


@pytest.mark.parametrize("stage", OPEN)
@pytest.mark.parametrize("found", FIXED, ids=str)
def test_in_every_stage_danger_gets_its_fixed_words_and_nothing_else(stage: Stage, found: Safety):
    step = machine.advance(at(stage), Said(NOON, TURN, "words of danger", found))

    assert words(step) == safety_texts.of(found, "Europe/Madrid", "en")
    assert not [effect for effect in step.effects if isinstance(effect, get_args(Ask))]
    kept = [effect for effect in step.effects if isinstance(effect, Keep)]
    assert all(isinstance(effect, KeepHold) for effect in kept)
    assert "words of danger" not in repr(step)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_way_to_people_is_open_in_every_stage(stage: Stage):
    step = machine.advance(at(stage), Command(NOON, TURN, "sos"))

    assert words(step) == safety_texts.text("safety.support", "Europe/Madrid", "en")
    assert step.conversation.stage is stage
    assert step.conversation.open


def test_a_hold_ends_after_the_word_that_somebody_is_safe_and_twelve_hours():
    held = tell(at(Stage.PLAN), "x", danger=Danger.SELF_HARM).conversation
    safe = tap(held, "sf:safe").conversation

    assert hold.released(held, NOON + timedelta(days=9)).stage is Stage.SAFETY_HOLD
    assert hold.released(safe, NOON + timedelta(hours=11)).stage is Stage.SAFETY_HOLD
    after = hold.released(safe, NOON + timedelta(hours=12))
    assert (after.stage, after.resume) == (Stage.HOME, Stage.PLAN)


def test_a_hold_answers_the_next_words_and_several_within_two_minutes_once():
    held = tell(at(Stage.HOME), "x", danger=Danger.SELF_HARM).conversation

    step = tell(held, "are you there?", NOON + timedelta(seconds=30))
    assert "I read you" in words(step)
    assert tell(step.conversation, "hi", NOON + timedelta(minutes=2)).effects == ()
    assert "I read you" in words(tell(step.conversation, "hi", NOON + timedelta(minutes=3)))


def test_a_new_plain_danger_in_a_hold_is_met_in_full_at_once():
    held = tell(at(Stage.HOME), "x", danger=Danger.SELF_HARM).conversation
    step = tell(held, "y", NOON + timedelta(seconds=5), danger=Danger.IMMEDIATE_DANGER)

    assert "This sounds urgent" in words(step)


@pytest.mark.parametrize("name", ["plan", "goals", "today", "start", "goal", "nonsense"])
def test_no_command_leads_to_coaching_in_a_hold(name: str):
    held = tell(at(Stage.HOME), "x", danger=Danger.SELF_HARM).conversation
    step = machine.advance(held, Command(NOON + timedelta(hours=1), TURN, name))

    assert step.conversation.stage is Stage.SAFETY_HOLD
    assert "I read you" in words(step)


def test_the_wish_to_be_asked_is_kept_only_where_the_time_is_known():
    held = tell(at(Stage.HOME), "x", danger=Danger.SELF_HARM).conversation
    step = tap(tap(held, "sf:safe").conversation, "sf:tom")
    assert any(isinstance(effect, KeepQuestion) for effect in step.effects)

    nowhere = replace(held, zone=None)
    assert labels(tap(nowhere, "sf:safe")) == ["safety.find_helpline"]


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        ("yes", Stage.SAFETY_HOLD),
        ("sometimes", Stage.SAFETY_HOLD),
        ("sí", Stage.SAFETY_HOLD),
        ("no, just a figure of speech", Stage.CLARIFY),
        ("no", Stage.CLARIFY),
        ("just very low", Stage.CLARIFY),
    ],
)
def test_the_direct_question_is_answered_in_words(answer: str, stage: Stage):
    asked = tell(at(Stage.CLARIFY), "x", danger=Danger.SELF_HARM, soft=True).conversation

    assert tell(asked, answer).conversation.stage is stage


def test_an_unclear_answer_is_asked_about_once_more_then_the_heavy_words_follow():
    asked = tell(at(Stage.HOME), "x", danger=Danger.SELF_HARM, soft=True).conversation
    again = machine.advance(asked, SentOther(NOON, TURN, "voice"))
    heavy = tell(again.conversation, "blue")

    assert "Are you thinking about" in words(again)
    assert "That sounds heavy" in words(heavy)
    assert heavy.conversation.stage is Stage.HOME


def test_a_figure_of_speech_leads_back_and_is_not_asked_about_again_that_day():
    asked = tell(at(Stage.GOAL), "x", danger=Danger.SELF_HARM, soft=True).conversation
    back = tap(asked, "sf:fig").conversation

    assert back.stage is Stage.GOAL
    assert tell(back, "x", danger=Danger.SELF_HARM, soft=True).conversation.stage is Stage.GOAL
    plain = tell(back, "x", danger=Danger.SELF_HARM).conversation
    assert plain.stage is Stage.SAFETY_HOLD
    later = tell(back, "x", NOON + timedelta(hours=25), danger=Danger.SELF_HARM, soft=True)
    assert later.conversation.stage is Stage.SAFETY_CHECK


def test_three_refusals_in_a_day_leave_only_buttons_for_a_day():
    conversation = at(Stage.GOAL)
    for minutes in (0, 1, 2):
        when = NOON + timedelta(minutes=minutes)
        conversation = tell(conversation, "x", when, danger=Danger.ILLEGAL).conversation

    assert "safety.only_taps" in words(tell(conversation, "run", NOON + timedelta(hours=1)))
    assert "safety.only_taps" not in words(tell(conversation, "run", NOON + timedelta(hours=25)))
    danger = tell(conversation, "x", NOON + timedelta(hours=1), danger=Danger.SELF_HARM)
    assert danger.conversation.stage is Stage.SAFETY_HOLD


def test_a_referral_helps_to_prepare_the_talk_and_says_the_same_wish_shorter():
    referred = tell(at(Stage.GOAL), "x", danger=Danger.MEDICAL)
    same = tell(referred.conversation, "x", danger=Danger.MEDICAL)
    prepared = tell(referred.conversation, "yes, prepare the talk")

    assert labels(referred) == ["safety.prepare", "safety.other_goal"]
    assert len(words(same)) < len(words(referred))
    assert any(isinstance(effect, KeepTalk) for effect in prepared.effects)
    assert prepared.conversation.stage is Stage.HOME
    assert tap(referred.conversation, "rf:new").conversation.stage is Stage.GOAL


def test_a_minor_is_told_once_a_day_and_met_in_danger_at_any_time():
    told = tell(at(Stage.PLAN), "x", danger=Danger.MINOR)
    away = told.conversation

    assert any(isinstance(effect, TurnAway) for effect in told.effects)
    assert away.draft == Draft()
    assert tell(away, "hello", NOON + timedelta(hours=1)).effects == ()
    assert "for adults" in words(tell(away, "hello", NOON + timedelta(hours=25)))
    danger = tell(away, "x", NOON + timedelta(hours=1), danger=Danger.SELF_HARM)
    assert "call" in words(danger)
    for name in ("cancel", "back"):
        step = machine.advance(away, Command(NOON + timedelta(hours=1), TURN, name))
        now = step.conversation.touched
        assert (step.conversation, step.effects) == (replace(away, touched=now, danger_at=now), ())


def test_an_unclear_age_is_asked_for_and_eighteen_goes_on():
    asked = tell(at(Stage.GOAL), "x", danger=Danger.MINOR, soft=True).conversation

    assert tell(asked, "I'm 19").conversation.stage is Stage.GOAL
    assert tell(asked, "no").conversation.stage is Stage.ADULT_ONLY
    assert tap(asked, "sf:adult").conversation.care.adult


def test_heavy_words_at_home_offer_to_leave_the_goal_for_today():
    step = tell(at(Stage.HOME), "x", danger=Danger.HEAVY)

    assert labels(step) == ["safety.leave", "safety.small", "safety.talk"]
    assert tap(step.conversation, "hv:leave").conversation.stage is Stage.HOME


def test_the_way_to_people_answers_no_question():
    asked = tell(at(Stage.HOME), "x", danger=Danger.HEAVY).conversation
    helped = tap(asked, "sf:help")

    assert "findahelpline.com" in words(helped)
    assert tap(helped.conversation, "hv:leave").conversation.stage is Stage.HOME
    assert helped.conversation.open


ELEVEN = NOON.replace(hour=10)  # where it is eleven
SAFE = Due(ELEVEN, TURN, Kind.SAFE, ELEVEN)
AFTER_HOLD = (Stage.HOME, Stage.SAFETY_CHECK, Stage.SAFETY_HOLD, Stage.REFERRED)


@pytest.mark.parametrize("stage", AFTER_HOLD)
def test_who_wished_so_is_asked_how_it_is_even_while_a_hold_lasts(stage: Stage):
    since = Care(about=Danger.SELF_HARM, back=Stage.HOME, since=ELEVEN - timedelta(hours=10))
    held = replace(at(stage), care=replace(since, safe=True), open=False)
    looked = machine.advance(held, SAFE)
    assert looked.effects == (AskDue(SAFE),)

    step = machine.advance(looked.conversation, DueFound(ELEVEN, TURN, SAFE, (), 0, ()))

    (said,) = (effect for effect in step.effects if isinstance(effect, Say))
    assert said.content == (Text("nudge.safe"),)
    assert sum(isinstance(effect, Nudge) for effect in step.effects) == 1
    assert step.conversation.stage is stage
    assert [one.argument for row in said.standing for one in row] == ["better", "help", "help"]


@pytest.mark.parametrize("stage", AFTER_HOLD)
def test_whoever_is_not_better_is_shown_people_to_talk_to(stage: Stage):
    assert "findahelpline.com" in words(tap(at(stage), "sf:help"))
    better = tap(at(stage), "sf:better")
    assert better.conversation.stage is stage
    assert "findahelpline.com" not in words(better)
