"""Hasty spelling is written out; words that only look like a slip stay as they are."""

import pytest

from coach.rules import spelling

WRITTEN = {
    "i dont wanna go 2 church w/ my neighbour": "I don't wanna go to church with my neighbour",
    "medtate 10 mins everyday b4 work": "meditate 10 mins every day before work",
    "do 3x12 squats": "do 3 sets of 12 squats",
    "quit smokng in febuary": "quit smoking in February",
    "loose 5kg by the first of may": "lose 5kg by 1st of may",
    "i wnt to loose wieght n get fit": "I want to lose weight and get fit",
    "play for a quarter of an hour": "play for 15 minutes",
}
KEPT = [
    "quit moaning so much",
    "weigh 75 kg",
    "go 2 miles",
    "I'm saving for a car",
    "ich möchte im Mai laufen",
]


@pytest.mark.parametrize("typed", WRITTEN)
def test_what_was_typed_in_haste_is_written_out(typed: str):
    assert spelling.tidy(typed) == WRITTEN[typed]


@pytest.mark.parametrize("typed", KEPT)
def test_what_is_no_slip_stays(typed: str):
    assert spelling.tidy(typed) == typed
