"""The tables of `benchmarks/README.md`, written from the results between their marks."""

import json
import re
from pathlib import Path
from typing import Any, Protocol

PAGE = Path(__file__).parent / "README.md"
RESULTS = Path(__file__).parent / "results"
_BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Benchmark(Protocol):
    """A module that measures, and writes a result for people."""

    def measure(self) -> dict[str, Any]:
        """Measure."""
        ...

    def table(self, measured: dict[str, Any]) -> str:
        """Write what was measured."""
        ...


def filled(page: str, benchmarks: dict[str, Benchmark]) -> str:
    """Return *page* with every table as the results have it now."""

    def block(found: re.Match[str]) -> str:
        results = RESULTS / f"{found[2]}.json"
        if not results.exists():
            return f"{found[1]}Not measured yet.\n{found[3]}"
        measured = json.loads(results.read_text(encoding="utf-8"))
        return f"{found[1]}```text\n{benchmarks[found[2]].table(measured)}\n```\n{found[3]}"

    return _BLOCK.sub(block, page)
