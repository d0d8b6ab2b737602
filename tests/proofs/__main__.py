"""Run the proofs, keep their figures, and write README's table: `make proofs`.

`make proofs ONLY="kills, load"` renews those lines and leaves the others as they were;
`FORM=short` has them as every run of the tests does, and the table says so.
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
    if unknown := set(wanted) - {row.proof for row in ROWS}:
        raise SystemExit(f"no proof is called {', '.join(sorted(unknown))}")
    rows = [row for row in ROWS if not wanted or row.proof in wanted]
    with TemporaryDirectory() as folder:
        failed = _run(rows, folder)
        kept = [json.loads(file.read_bytes()) for file in sorted(Path(folder).iterdir())]
    form = os.environ["LONG_TIER"]
    today = SystemClock().now().astimezone(UTC).date().isoformat()
    figures: dict[str, Any] = json.loads(FIGURES.read_bytes()) if FIGURES.exists() else {}
    renewed = {row.proof for row in rows}
    figures |= {
        proof: {"on": today, "form": form, "figures": found}
        for proof, found in added_up(kept).items()
        if proof in renewed
    }
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    README.write_text(placed(README.read_text(), written(figures)))
    return failed


def _run(rows: Sequence[Row], folder: str) -> int:
    """Run the tests of *rows*, one file after another: load and kills need the machine."""
    files = sorted({file for row in rows for file in row.tests.split()})
    environment = os.environ | {"PROOFS": folder}
    return subprocess.call([sys.executable, "-m", "pytest", *files], env=environment)


def names(told: Sequence[str]) -> list[str]:
    """Read which proofs are wanted; their names may have spaces, so commas part them."""
    return [name.strip() for name in " ".join(told).split(",") if name.strip()]


if __name__ == "__main__":
    sys.exit(main(names(sys.argv[1:])))
