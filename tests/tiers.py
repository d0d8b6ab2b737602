"""How much a test does: little in everyday runs, and all of it before a release."""

import os

import pytest

FULL = os.environ.get("LONG_TIER") == "full"
REPEATS = 10 if FULL else 2
"""How often the long tier meets each fault."""

each_tier = pytest.mark.parametrize(
    "repeats",
    [
        pytest.param(1, id="once"),
        pytest.param(
            REPEATS,
            id="ten times" if FULL else "twice",
            marks=[pytest.mark.long, pytest.mark.timeout(900)],
        ),
    ],
)
