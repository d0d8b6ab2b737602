"""Whatever is typed: no exception, the same answer twice, and long hostile input ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.rules import answers, safety, understanding
from coach.values import Slot
from tests.coach.rules.cases import GOALS, NOW

PIECES = st.sampled_from(
    [word for case in GOALS for word in case["text"][:200].split()]
    + ["12/05", "31.02.", "24:00", "0", "99999999999", "in 9999 years", "€", "\n- ", "1)", "½", "’"]
)
HOSTILE = [
    "a" * 8000,
    "1" * 8000,
    "1 " * 4000,
    "1,000" * 1600,
    "i want to " * 800,
    "kill " * 1600,
    "(" * 8000,
    "and also " * 880,
    "don't want to " * 570,
    "in 1 week " * 800,
    "mon tue " * 1000,
    "my my my " * 880,
    "{" * 4000 + "}" * 4000,
    "<a " * 2600,
    "drink " * 1300,
    "\n1. " * 2000,
    "every every " * 660,
    "the goal is the goal is " * 330,
]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_is_read_and_read_the_same_twice(text: str):
    assert understanding.read(text, NOW) == understanding.read(text, NOW)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from(list(Slot)))
def test_any_answer_to_any_slot_is_taken_without_an_exception(said: str, slot: Slot):
    u = understanding.read("run a 10k by 12/05/2027", NOW).understanding

    assert slot in answers.fill(u, slot, said, NOW, option=False)[0].asked
    answers.fill(u, slot, said, NOW, option=True)
    answers.revise(u, said, NOW)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_input_comes_to_an_end(text: str):
    safety.triage(text)
    understanding.read(text, NOW)
    understanding.read(text[:1100], NOW)  # below the length that is summed up
