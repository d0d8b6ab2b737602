import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import collecting
from bot.collecting import Collected
from coach import evaluation, goal_set
from coach.coach import Coach
from coach.goal_set import CasesError
from coach.values import GoalUnderstanding
from storage import example_consent, goals, ids, messages, people, ratings
from storage.database import Database
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from tests.bot.fakes import NOON
from tests.bot.test_doctor import chosen
from tests.storage import examples

GOAL = "My name is Ada Lovelace, write to ada@example.org: I want to run 10 km by April"
MASKED = "My name is [name], write to [email]: I want to run 10 km by April"


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(lambda tx: people.create(tx, 7_000_000_001, "en", NOON))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "low.jsonl"


def disliked(transaction: Transaction, person: Person, text: str = GOAL, stars: int = 2) -> None:
    """Have somebody give few stars to the resolution for a goal."""
    goal_id, turn = ids.new(), examples.TURN
    goals.create(transaction, person, goal_id, GoalUnderstanding(text), NOON)
    subject = examples.resolution(goal_id)
    made = replace(examples.DRAFTED_RESOLUTION, trace_id=None)
    goals.keep_resolution(transaction, person, subject, made, turn)
    ratings.rate(transaction, person, subject, stars, NOON)
    ratings.explain(transaction, person, subject, "ge", NOON)


def disliked_reply(transaction: Transaction, person: Person) -> None:
    turn, reply = Origin("turn-1", NOON), Subject(SubjectKind.REPLY, "out:1")
    messages.keep(transaction, person, Message("in:1", Direction.IN, "so tired today"), turn)
    messages.keep(transaction, person, Message("out:1", Direction.OUT, "Ok.", about=reply), turn)
    ratings.rate(transaction, person, reply, 1, NOON)


def agree(transaction: Transaction, person: Person) -> None:
    example_consent.give(transaction, person, NOON)


def collect(tmp_path: Path) -> Collected:
    return collecting.collect(chosen(tmp_path), tmp_path / "low.jsonl")


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_without_consent_nothing_is_written_and_only_a_count_is_told(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    database.write_now(lambda tx: disliked(tx, ada))

    assert collect(tmp_path) == Collected(0, 0, 0, without_consent=1)
    assert rows(file) == []


def test_a_consent_that_was_withdrawn_is_none(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    database.write_now(lambda tx: (disliked(tx, ada), agree(tx, ada)))
    database.write_now(lambda tx: example_consent.withdraw(tx, ada, NOON))

    assert collect(tmp_path).added == 0
    assert rows(file) == []


def test_with_consent_the_words_go_masked_and_no_id_goes_along(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    database.write_now(lambda tx: (disliked(tx, ada), disliked_reply(tx, ada), agree(tx, ada)))

    assert collect(tmp_path) == Collected(2, 0, 0, 0)

    goal, reply = rows(file)
    assert (goal["text"], goal["asks_for"], goal["stars"]) == (MASKED, "resolution", 2)
    assert goal["expected"]["good"] == "Better than what got 2 of 5 stars (too generic)."
    assert (reply["text"], reply["asks_for"]) == ("so tired today", "reply")
    told = file.read_text()
    kept = (ada.public_id, ada.thread_id, str(ada.chat_id), "turn-1", "Lovelace", "example.org")
    assert not [name for name in kept if name in told]
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_may_tell_of_danger_stays_here(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    text = "I want to stop wanting to die"
    database.write_now(lambda tx: (disliked(tx, ada, text), agree(tx, ada)))

    assert collect(tmp_path) == Collected(0, 0, withheld=1, without_consent=0)
    assert rows(file) == []


def test_collecting_again_adds_what_is_new_and_nothing_twice(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    file.write_text('{"id": "mine", "text": "read more"}')
    database.write_now(lambda tx: (disliked(tx, ada), agree(tx, ada)))

    assert collect(tmp_path) == Collected(1, 0, 0, 0)
    database.write_now(lambda tx: disliked(tx, ada, "learn to juggle"))
    assert collect(tmp_path) == Collected(1, 1, 0, 0)

    assert [row["text"] for row in rows(file)] == ["read more", MASKED, "learn to juggle"]


def test_a_file_that_cannot_be_written_is_one_line(database: Database, ada: Person, tmp_path: Path):
    database.write_now(lambda tx: (disliked(tx, ada), agree(tx, ada)))

    with pytest.raises(CasesError, match="cannot be written"):
        collecting.collect(chosen(tmp_path), tmp_path / "nowhere" / "low.jsonl")


def test_what_was_collected_can_be_evaluated(
    database: Database, ada: Person, tmp_path: Path, file: Path
):
    database.write_now(lambda tx: (disliked(tx, ada), disliked_reply(tx, ada), agree(tx, ada)))
    collect(tmp_path)

    result = asyncio.run(evaluation.evaluate(goal_set.read(file), Coach()))

    goal, reply = result["cases"]
    assert goal["plan"] is not None
    assert "relevance" in reply["scores"]
    assert reply["reply"]
