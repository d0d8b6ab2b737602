from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue import texts
from coach.rules import forbidden, intents, replies, reply_scores, scores
from coach.rules.reply_scores import Exchange
from coach.values import Heard, Progress, Reply

NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)
PROGRESS = Progress(
    title="Run before work",
    activity="running",
    minimum="walk or jog for 5 minutes",
    next_session="run for 12 minutes",
    done=2,
    planned=3,
    weeks=3,
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("did it", "done"),
        ("ran 4k today!", "done"),
        ("only half of it", "partial"),
        ("skipped it", "missed"),
        ("busy day, no time", "no_time"),
        ("too tired tonight", "tired"),
        ("i forgot", "forgot"),
        ("don't feel like it", "mood"),
        ("so stressed", "stress"),
        ("I have a fever", "ill"),
        ("on a trip next week", "travel"),
        ("it's too hard", "too_hard"),
        ("this is too easy", "too_easy"),
        ("I can't do this", "doubt"),
        ("I'm so lazy", "self_blame"),
        ("I want a cigarette", "urge"),
        ("I smoked yesterday", "slip"),
        ("how do I start?", "how_to"),
        ("why does it work", "why_it_works"),
        ("how am I doing?", "progress"),
        ("can we move Friday to Saturday", "change"),
        ("I need a pause", "pause"),
        ("finally ran 5k", "success"),
        ("thanks!", "thanks"),
        ("I feel hopeless", "heavy"),
        ("what dose should I take", "medical"),
        ("what's the capital of France?", "off_topic"),
        ("hmm", "none"),
    ],
)
def test_a_message_is_read_for_what_it_is_about(text: str, intent: str):
    assert intents.of(text) == intent


@pytest.mark.parametrize("intent", [*intents.names(), intents.UNCLEAR])
def test_every_intent_has_a_reply(intent: str):
    assert texts("en").variants(f"reply.{intent}")


def test_the_same_person_gets_the_same_text_for_the_same_thing_on_one_day_only():
    first = replies.reply("so tired", PROGRESS, NOW, "a")

    assert replies.reply("so tired", PROGRESS, NOW, "a") == first
    assert replies.reply("so tired", PROGRESS, NOW, "a", Heard((first.text,))) != first


def test_a_sentence_whose_fact_is_not_known_is_left_out():
    said = replies.reply("how am I doing?", Progress(), NOW, "a").text

    assert said
    assert "0 of" not in said


def test_a_quote_never_repeats_what_somebody_called_themselves():
    said = replies.reply("finally, for a lazy failure", PROGRESS, NOW, "a").text

    assert "lazy" not in said.lower()


@given(text=st.text(max_size=200), done=st.integers(0, 9), weeks=st.integers(0, 9))
def test_any_message_gets_a_short_kind_reply(text: str, done: int, weeks: int):
    progress = replace(PROGRESS, done=done, weeks=weeks)

    said = replies.reply(text, progress, NOW, "a").text

    assert said
    assert "\0" not in said
    assert len(said.split()) <= 60
    assert forbidden.found(said) == ()


def exchange(text: str, recent: tuple[str, ...] = ()) -> Exchange:
    return Exchange(Reply(text, "tired"), "too tired for my run", PROGRESS, recent)


GOOD = (
    "Running low today, after 2 of 3 this week. Rest, or walk or jog for 5 minutes now if you like?"
)


def test_a_reply_with_facts_a_choice_and_a_step_scores_high():
    scored = scores.reply(exchange(GOOD))

    assert min(scored.values.values()) >= 7


def test_dropping_the_facts_lowers_personalization():
    bare = scores.reply(exchange("Running low today. Rest, or a little now if you like?"))

    assert (
        bare.values["personalization"] <= scores.reply(exchange(GOOD)).values["personalization"] - 2
    )


def test_a_forbidden_word_puts_motivation_at_two_or_less():
    assert scores.reply(exchange(f"{GOOD} No excuses.")).values["motivation"] <= 2


def test_a_second_question_lowers_relevance():
    again = scores.reply(exchange(f"{GOOD} Or what else?"))

    assert again.values["relevance"] < scores.reply(exchange(GOOD)).values["relevance"]


def test_a_text_that_was_just_sent_is_not_fresh():
    stale = reply_scores.parts(exchange(GOOD, (GOOD,)))["personalization"]

    assert dict(stale)["fresh"] == 0
