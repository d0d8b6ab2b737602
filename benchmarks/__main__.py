"""`make bench`: run every benchmark, print its table, write its results and the page.

`python -m benchmarks turns start` runs those two.
"""

import json
import sys

from benchmarks import (
    backlog,
    commits,
    drafts,
    growth,
    latency,
    memory,
    occurrences,
    outage,
    pages,
    start,
    streams,
    sweep,
    tracing,
    turns,
    workers,
)
from benchmarks.pages import Benchmark

PARTS: dict[str, Benchmark] = {
    "turns": turns,
    "latency": latency,
    "start": start,
    "memory": memory,
    "growth": growth,
    "commits": commits,
    "drafts": drafts,
    "streams": streams,
    "workers": workers,
    "outage": outage,
    "tracing": tracing,
    "sweep": sweep,
    "backlog": backlog,
    "occurrences": occurrences,
}


def main() -> None:
    """Run those that are named, or all, one after the other."""
    for name in sys.argv[1:] or PARTS:
        measured = PARTS[name].measure()
        print(PARTS[name].table(measured), flush=True)
        written = json.dumps(measured, indent=2) + "\n"
        (pages.RESULTS / f"{name}.json").write_text(written, encoding="utf-8")
    page = pages.filled(pages.PAGE.read_text(encoding="utf-8"), PARTS)
    pages.PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
