"""The goals and phrases the reading rules are measured on."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 23, 9)  # noqa: DTZ001 # local wall time, a Monday
TODAY = NOW.date()
_DATA = Path(__file__).parents[2] / "data"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_DATA / name).read_text("utf-8").splitlines()]


GOALS = rows("goals.jsonl")
GOALS_ES = rows("goals_es.jsonl")
PHRASES = rows("triage_phrases.jsonl")
