import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "alembic",
    "google.genai",
    "google.generativeai",
    "litellm",
    "matplotlib",
    "opik",
    "playwright",
    "prometheus_client",
    "pytest",
)

STARTS = {
    "the command line": "import bot.cli",
    "settings": "import bot.settings; bot.settings.for_demo()",
    "logs": "import bot.logs",
    "the whole bot": "import bot.app",
    "the coach": "import coach.coach",
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_starting_imports_nothing_heavy(start: str, tmp_path: Path):
    report = f"{start}; import sys; print(*(set(sys.modules) & set({HEAVY})))"

    child = subprocess.run(
        [sys.executable, "-c", report],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert child.returncode == 0, child.stderr
    assert child.stdout.split() == []
