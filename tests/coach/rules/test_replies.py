from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.catalogue import texts
from coach.rules import (
    composing,
    forbidden,
    intents,
    offers,
    replies,
    reply_slots,
)
from coach.values import Action, Heard, Progress, Style
from tests.coach.rules.test_intents import MESSAGES

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


@settings(deadline=None)  # the first call reads catalogues and patterns
@given(
    text=st.text(max_size=200),
    done=st.integers(0, 9),
    weeks=st.integers(0, 9),
    language=st.sampled_from(["en", "es"]),
    style=st.sampled_from(Style),
)
def test_any_message_gets_a_short_kind_reply(
    text: str, done: int, weeks: int, language: str, style: Style
):
    progress = replace(PROGRESS, done=done, weeks=weeks, language=language, style=style)

    said = replies.reply(text, progress, NOW, "a").text

    assert said
    assert "\0" not in said
    assert len(said.split()) <= 60
    assert said.count("?") <= 1
    assert forbidden.found(said, language) == ()


FULL = replace(
    PROGRESS,
    done_4_weeks=9,
    planned_4_weeks=12,
    comebacks=2,
    best_day=1,
    best_week=2,
    days_in=12,
    cue="I've put the kettle on",
    action="put my running shoes on",
    why="to keep up with my kids",
    obstacle="I feel too tired",
    obstacle_then="start with 2 minutes",
    next_day=NOW.date() + timedelta(days=2),
    next_figure="14 min",
    what_works="laying out my shoes",
)
EXAMPLES = {row["intent"]: row["text"] for row in reversed(MESSAGES) if row["language"] == "en"}
EXAMPLES_ES = {row["intent"]: row["text"] for row in reversed(MESSAGES) if row["language"] == "es"}
COMMON = (
    "done", "partial", "missed", "no_time", "tired", "forgot", "mood", "stress", "too_hard",
    "doubt", "self_blame", "urge", "slip", "success", "progress", "none",
)  # fmt: skip


def a_week_of(text: str, progress: Progress, times: int) -> list[str]:
    """Send one message *times* in a week, and hand each reply the ones before it."""
    said: list[str] = []
    for n in range(times):
        at = NOW + timedelta(hours=n * 160 / times)
        said.append(replies.reply(text, progress, at, "a", Heard(tuple(said))).text)
    return said


@pytest.mark.parametrize(
    ("intent", "style"),
    [
        *((intent, Style.BALANCED) for intent in COMMON),
        ("tired", Style.FIRM),
        ("tired", Style.GENTLE),
    ],
)
def test_forty_messages_about_one_thing_in_a_week_get_forty_different_replies(
    intent: str, style: Style
):
    said = a_week_of(EXAMPLES[intent], replace(FULL, style=style), 40)

    assert len(set(said)) == 40


@pytest.mark.parametrize("intent", ["done", "missed", "tired", "none"])
def test_somebody_without_any_facts_hears_thirty_different_replies_too(intent: str):
    bare = a_week_of(EXAMPLES_ES[intent], Progress(language="es"), 30)

    assert len(set(bare)) == 30


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("style", Style)
def test_every_reply_that_can_be_composed_keeps_to_the_forms(language: str, style: Style):
    t = texts(language)
    slots = reply_slots.of("busy day", replace(FULL, language=language), NOW, t)
    composer = composing.Composer(t, slots, style, 0)
    told = (*intents.names(language), intents.UNCLEAR, "beginning")
    made = [
        one.text
        for intent in told
        for one in (
            *composing.candidates(intent, composer),
            *composing.spare(intent, composer),
            *composer.whole("reply.practice"),
        )
    ]

    assert len(made) > 1000
    assert [text for text in made if forbidden.found(text, language)] == []
    assert [text for text in made if len(text.split()) > 60] == []
    assert [text for text in made if text.count("?") > 1] == []


def test_when_everything_was_said_the_text_from_longest_ago_returns():
    said = a_week_of("what dose should I take", PROGRESS, 4)

    assert said[3] == said[0]
    assert len(set(said)) == 3


def test_a_gentle_style_adds_a_word_and_a_firm_one_takes_some_away():
    warm, gentle, plain = (
        replies.reply("too tired", replace(FULL, style=style), NOW, "a").text
        for style in (Style.BALANCED, Style.GENTLE, Style.FIRM)
    )

    assert any(texts("en")(f"reply.gentle.{n}") in gentle for n in range(1, 5))
    assert len(plain.split()) < len(warm.split())


def test_after_many_turns_in_an_hour_it_is_time_to_do_something():
    many = replies.reply("so tired", FULL, NOW, "a", Heard(turns_last_hour=8)).text
    more = replies.reply("so tired", FULL, NOW, "a", Heard((many,), 9)).text

    assert many.startswith("Let's put it into practice") or "the next step" in many
    assert "tomorrow" in many
    assert len(more.split()) <= 25


def test_illness_is_answered_after_many_turns_too():
    said = replies.reply("I have a fever", FULL, NOW, "a", Heard(turns_last_hour=8))

    assert "pain" in said.text


def test_a_day_is_named_as_people_name_it():
    t = texts("en")
    tomorrow = replace(FULL, next_day=NOW.date() + timedelta(days=1))
    today = replace(FULL, next_day=NOW.date())

    assert reply_slots.of("x", tomorrow, NOW, t)["next_day"] == "tomorrow"
    assert reply_slots.of("x", FULL, NOW, t)["next_day"] == "on Thursday"
    assert reply_slots.of("x", today, NOW, t)["next_day"] == reply_slots.UNKNOWN


def test_own_words_that_would_hurt_are_not_repeated():
    t = texts("en")
    blamed = replace(FULL, title="stop being a lazy failure", why="why am I like this?")
    slots = reply_slots.of("I failed", blamed, NOW, t)

    assert (slots["title"], slots["quote"]) == (reply_slots.UNKNOWN, reply_slots.UNKNOWN)
    assert slots["why"] == "why am I like this"


@pytest.mark.parametrize("intent", [*intents.names(), intents.UNCLEAR])
def test_a_reply_offers_two_things_at_most(intent: str):
    assert len(offers.of(intent)) <= 2


def test_a_heavy_day_is_offered_people():
    assert Action.TALK_TO_SOMEONE in replies.reply("I feel hopeless", FULL, NOW, "a").actions


def test_a_plan_for_the_obstacle_somebody_tells_of_is_repeated_first_and_once():
    planned = replace(
        Progress(), obstacle="I'm worn out", obstacle_then="start small", obstacle_reason="ti"
    )

    first = replies.reply("I'm so tired today", planned, NOW, "ada").text
    own, *_ = first.split("\n\n")
    again = replies.reply("still so tired", planned, NOW, "ada", Heard((own,), 1, 1)).text

    assert "I'm worn out" in own
    assert own not in again
    assert own not in replies.reply("I forgot it", planned, NOW, "ada").text


@pytest.mark.parametrize(("said", "quote"), [("nah", reply_slots.UNKNOWN), ("no way", "No way")])
def test_a_single_word_is_not_said_back(said: str, quote: str):
    assert reply_slots.of(said, Progress(), NOW, texts("en"))["quote"] == quote
