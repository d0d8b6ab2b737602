"""Run the proofs in full, keep their figures, and write README's table: `make proofs`.

`make proofs ONLY="kills load"` renews those lines and leaves the others as they were.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.clock import SystemClock
from tests.proofs.table import ROWS, Row, added_up, placed, written

FIGURES = Path(__file__).with_name("figures.json")
README = Path(__file__).parents[2] / "README.md"


def main(wanted: Sequence[str]) -> int:
    """Prove what is *wanted*, everything by default; return the exit code of the tests."""
    rows = [row for row in ROWS if not wanted or row.proof in wanted]
    with TemporaryDirectory() as folder:
        failed = _run(rows, folder)
        kept = [json.loads(file.read_bytes()) for file in sorted(Path(folder).iterdir())]
    today = SystemClock().now().astimezone(UTC).date().isoformat()
    figures: dict[str, Any] = json.loads(FIGURES.read_bytes()) if FIGURES.exists() else {}
    renewed = {row.proof for row in rows}
    figures |= {
        proof: {"on": today, "figures": found}
        for proof, found in added_up(kept).items()
        if proof in renewed
    }
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    README.write_text(placed(README.read_text(), written(figures)))
    return failed


def _run(rows: Sequence[Row], folder: str) -> int:
    """Run the tests of *rows*, one file after another: load and kills need the machine."""
    files = sorted({file for row in rows for file in row.tests.split()})
    environment = os.environ | {"PROOFS": folder, "LONG_TIER": "full"}
    return subprocess.call([sys.executable, "-m", "pytest", *files], env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
