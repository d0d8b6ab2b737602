"""`make bench`: run every benchmark, print its table, write its results."""

import json
from pathlib import Path

from benchmarks import backlog, drafts, growth, occurrences, outage, start, sweep, tracing, turns

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run them one after the other."""
    parts = {
        "turns": turns,
        "start": start,
        "growth": growth,
        "drafts": drafts,
        "outage": outage,
        "tracing": tracing,
        "sweep": sweep,
        "backlog": backlog,
        "occurrences": occurrences,
    }
    for name, benchmark in parts.items():
        measured = benchmark.measure()
        print(benchmark.table(measured))
        written = json.dumps(measured, indent=2) + "\n"
        (RESULTS / f"{name}.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
