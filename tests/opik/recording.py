"""A recorder beside a test: started and told what to do, asked what it holds, and drawn.

with recording() as opik:
    ...  # send to opik.url
    print(tree(opik.held(), trace_id))
"""

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from bot.clock import SystemClock

Row = dict[str, Any]
PATIENCE_S = 90
BREATH = timedelta(milliseconds=20)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Held:
    """What a recorder holds; rows have the names that Opik's API has for them."""

    traces: dict[str, Row]
    spans: dict[str, Row]
    scores: dict[str, Row]  # by "id of trace or span/name"
    deleted: list[str]
    projects: dict[str, Row]
    prompts: dict[str, Row]
    prompt_versions: list[Row]
    datasets: dict[str, Row]
    dataset_items: dict[str, Row]
    experiments: dict[str, Row]
    experiment_items: list[Row]
    received: dict[str, int]  # how many rows came, those that came again too
    asked: list[Row]  # every request: method, path, key, workspace
    unknown: list[str]  # requests that the recorder has no answer for

    def spans_of(self, trace_id: str) -> list[Row]:
        """List a trace's spans in the order in which they began."""
        of_it = (span for span in self.spans.values() if span["trace_id"] == trace_id)
        return sorted(of_it, key=lambda span: (span["start_time"], span["id"]))

    def scores_of(self, trace_id: str) -> dict[str, float]:
        """Give a trace's scores by their names."""
        of_it = [score for score in self.scores.values() if score["id"] == trace_id]
        return {score["name"]: score["value"] for score in of_it}


class Recording:
    """A recorder's handle."""

    def __init__(self, api: int, door: int) -> None:
        self.port = api
        self.url = f"http://127.0.0.1:{api}/api"
        self._door = f"http://127.0.0.1:{door}"

    def behave(self, does: str = "answers", refused: Sequence[str] = ()) -> None:
        """Have it do that from now on (see `recorder.Recorder`); never take what is *refused*."""
        self._tell("behave", {"does": does, "refused": list(refused)})

    def down(self) -> None:
        """Close its port, and every connection to it."""
        self._tell("down")

    def up(self) -> None:
        """Open its port again, with all that it held."""
        self._tell("up")

    def forget(self) -> None:
        """Make it as new."""
        self._tell("forget")

    def held(self) -> Held:
        """Ask what it holds."""
        return Held(**self._tell("held"))

    def _tell(self, act: str, told: Row | None = None) -> Row:
        body = json.dumps(told or {}).encode()
        request = urllib.request.Request(f"{self._door}/{act}", body, method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


async def until(seen: Callable[[], bool]) -> None:
    """Look again and again, in no hurry, until *seen* says yes."""
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(seen):
            await SystemClock().wait(BREATH)


@contextmanager
def recording() -> Generator[Recording]:
    """Run a recorder for the length of a block."""
    with beside("tests.opik.recorder") as (_, out):
        api, door = out.readline().split()
        yield Recording(int(api), int(door))


@contextmanager
def beside(module: str) -> Generator[tuple[IO[str], IO[str]]]:
    """Run a module of ours for the length of a block; yield what it hears, and what it says.

    It has to end when there is nothing more to hear.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        yield child.stdin, child.stdout
    finally:
        child.stdin.close()
        child.wait(10)
        child.stdout.close()


def tree(held: Held, trace_id: str) -> str:
    """Draw a trace: a line each span, with what it tells, and the trace's scores below."""
    trace, spans = held.traces.get(trace_id, {}), held.spans_of(trace_id)
    lines = [f"{trace.get('name', '(no trace)')}  thread {trace.get('thread_id')}{_facts(trace)}"]
    lines += _branches(spans, None, "")
    for score in sorted(held.scores.values(), key=lambda score: score["name"]):
        if score["id"] == trace_id:
            reason = f"  ({score['reason']})" if score.get("reason") else ""
            lines.append(f"score {score['name']} = {score['value']:g}{reason}")
    return "\n".join(lines)


def _branches(spans: list[Row], parent: str | None, indent: str) -> Iterator[str]:
    below = [span for span in spans if span.get("parent_span_id") == parent]
    for span in below:
        last = span is below[-1]
        yield f"{indent}{'└' if last else '├'}─ {_told(span)}"
        yield from _branches(spans, span["id"], indent + ("   " if last else "│  "))


def _told(span: Row) -> str:
    line = f"{span['name']} [{span['type']}]"
    if span.get("model"):
        line += f"  {span.get('provider')}/{span['model']}"
    if span.get("usage"):
        line += "  " + " ".join(f"{name}={count}" for name, count in span["usage"].items())
    if span.get("total_estimated_cost") is not None:
        line += f"  ${span['total_estimated_cost']:.6f}"
    return line + _facts(span)


def _facts(row: Row) -> str:
    metadata: Row = row.get("metadata") or {}
    told = "".join(f"  {name}={value}" for name, value in metadata.items() if value is not None)
    error: Row = row.get("error_info") or {}
    return told + (f"  !{error['exception_type']}" if error else "")
