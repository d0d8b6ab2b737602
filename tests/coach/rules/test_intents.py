import json
from pathlib import Path
from typing import Any

import pytest

from coach.rules import intents

MESSAGES: list[dict[str, str]] = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data/messages.jsonl").read_text("utf-8").splitlines()
]
ENOUGH = 0.95


def share(language: str) -> tuple[float, list[Any]]:
    rows = [row for row in MESSAGES if row["language"] == language]
    read = [(row["text"], row["intent"], intents.of(row["text"], language)) for row in rows]
    wrong = [one for one in read if one[1] != one[2]]
    return 1 - len(wrong) / len(rows), wrong


@pytest.mark.parametrize("language", ["en", "es"])
def test_messages_as_people_write_them_are_read_for_what_they_are_about(language: str):
    right, wrong = share(language)

    assert right >= ENOUGH, wrong


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_intent_occurs_among_the_messages(language: str):
    written = {row["intent"] for row in MESSAGES if row["language"] == language}

    assert set(intents.names(language)) <= written


def test_both_languages_know_the_same_intents():
    assert intents.names("es") == intents.names("en")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("not tired", "none"),
        ("I'm not tired, just busy", "no_time"),
        ("didn't skip", "done"),
        ("I did NOT smoke today", "done"),
        ("no cigarettes today", "done"),
        ("tired but did it anyway", "done"),
        ("my knee doesn't hurt", "none"),
    ],
)
def test_what_is_denied_is_not_the_case(text: str, intent: str):
    assert intents.of(text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("so tierd", "tired"),
        ("EXAUSTED", "tired"),
        ("overwelmed", "stress"),
        ("no motvation", "mood"),
        ("soooo tired", "tired"),
        ("it was timed", "none"),
    ],
)
def test_one_slip_of_the_finger_is_read_as_the_word_that_was_meant(text: str, intent: str):
    assert intents.of(text) == intent


def test_a_contraction_is_no_illness():
    assert intents.of("I'll tell you later") == "none"
    assert intents.of("I'm ill") == "ill"


def test_a_language_without_patterns_is_read_as_english():
    assert intents.of("too tired", "xx") == "tired"


def test_all_intents_of_a_message_are_listed_the_most_telling_first():
    assert intents.all_of("only half, too tired") == ("tired", "partial")
