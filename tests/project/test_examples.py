"""The examples run as they are, without a key."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(file for file in (ROOT / "examples").glob("*.py") if file.stem != "__init__")
SAID = {
    "by_rules": "Week 1",
    "with_a_model": "model: A long day, then.",
    "evaluating": "resolution score",
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_short_and_runs(example: Path):
    without_key = {name: value for name, value in os.environ.items() if name != "GEMINI_API_KEY"}
    command = [sys.executable, "-m", f"examples.{example.stem}"]

    ran = subprocess.run(command, cwd=ROOT, env=without_key, capture_output=True, text=True)

    assert SAID[example.stem] in ran.stdout, ran.stderr
    assert len(example.read_text(encoding="utf-8").splitlines()) <= 40
