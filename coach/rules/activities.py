"""What is assumed about an activity when the person left it open: sizes, days, minimum.

The figures are in `activities.toml`; the words for them are in the catalogue.
"""

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("activities.toml")


@dataclass(frozen=True, slots=True)
class Activity:
    """The defaults of one activity. `at` is None for what lasts all day."""

    key: str
    unit: str
    per_week: float
    minimum: float
    start: float | None = None
    at: time | None = None
    cap: float = 0.2
    impact: bool = False  # effort for the body: lighter weeks, days between


@cache
def table() -> dict[str, Activity]:
    """Read all activities, once."""
    with _FILE.open("rb") as source:
        rows = tomllib.load(source)
    return {key: _activity(key, row) for key, row in rows.items()}


def named(key: str) -> Activity:
    """Return the activity called *key*, or the one for everything else."""
    return table().get(key) or table()["other"]


def _activity(key: str, row: dict[str, object]) -> Activity:
    impact = bool(row.get("impact"))
    cap = {"cap": 0.1} if impact and "cap" not in row else {}
    return Activity(key=key, **{**row, **cap})  # pyright: ignore[reportArgumentType] # checked by a test over the whole file
