"""`make bench`: run every benchmark, print its table, write its results."""

import json
from pathlib import Path

from benchmarks import turns

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run them one after the other."""
    measured = turns.measure()
    print(turns.table(measured))
    (RESULTS / "turns.json").write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
