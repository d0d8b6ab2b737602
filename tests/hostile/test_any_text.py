"""No text keeps our own patterns busy for seconds.

The whole bot is one process, so that a text which takes seconds to read keeps everybody waiting.
"""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot import cleaning
from coach.llm import json_repair
from coach.llm.errors import BrokenAnswerError
from coach.masking import masked
from coach.rules import answers, safety, understanding
from coach.steps import checks
from coach.values import Slot
from tests.coach.rules.cases import NOW
from tests.hostile.texts import LONG
from tests.tiers import FULL

CEILING_S = 1.0
"""Of this process's own time, for any text of Telegram's length, at the third attempt at most."""

ONCE_SLOW = ("1", "1,000", "mon ", "at 7:00 ", "{", "\n", "\ufdfa")
PIECES = LONG if FULL else ONCE_SLOW

GOAL = understanding.read("run a 10k by 12/05/2027", NOW).understanding


def _repaired(text: str) -> None:
    with suppress(BrokenAnswerError):
        json_repair.parse(text)


READERS: dict[str, Callable[[str], object]] = {
    "cleaning": cleaning.clean,
    "goal": lambda text: understanding.read(text, NOW),
    "danger": safety.triage,
    "change": lambda text: answers.revise(GOAL, text, NOW),
    "deadline": lambda text: answers.fill(GOAL, Slot.DEADLINE, text, NOW, option=False),
    "masks": masked,
    "a model's words": lambda text: checks.weakness(text, checks.known("run", "en")),
}
BROKEN = (
    '{"a":' + '"\\' * 8_000,
    "{" + '"\\"' * 8_000,
    '{"' + "\\" * 16_001,
    "{" * 16_000 + "}" * 16_000,
    "{a}" * 10_000,
    '{"a":[' * 5_000,
    "[" * 32_000,
    "{" + "," * 31_000,
    "{" + ", " * 15_000 + "}",
    '{"a": ' + "9" * 31_000 + "}",
    '{"a": "' + "\\ud800" * 5_000 + '"}',
    "{" + '"",' * 10_000 + "}",
    "{" * 1_000_000,
)


def spent(read: Callable[[str], object], text: str, enough: float) -> float:
    """Return the least processor time of up to three attempts; one that is *enough* will do."""
    least = float("inf")
    for _ in range(3):
        began = time.process_time()
        read(text)
        least = min(least, time.process_time() - began)
        if least <= enough:
            break
    return least


@pytest.mark.parametrize("reader", READERS)
def test_no_text_of_a_messages_length_is_read_for_long(reader: str):
    read = READERS[reader]
    for piece in PIECES:
        text = (piece * cleaning.LONGEST)[: cleaning.LONGEST]
        taken = spent(read, text, CEILING_S)
        assert taken <= CEILING_S, f"{piece!r} takes {taken:.1f} s"


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_no_json_of_a_models_is_mended_for_long(text: str):
    assert spent(_repaired, text, CEILING_S) <= CEILING_S
