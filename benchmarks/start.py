"""How soon the demo answers, and how much memory the bot takes.

Cold start: from starting `rein demo` as a process to its first answer to `/start`, with a new
database; files are warm, as after an installation that compiled them. Memory: what is resident
of that demo once it has nothing more to do, its sandbox and the making of its database with it
(`memory` has the bot's alone).
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks import processes, rig
from bot.sandbox.server import listen

ROUNDS = 3
PATIENCE = 60
LOOK_AGAIN = 0.01
"""Seconds between two looks at another process, while this one has nothing else to do."""
ANYBODY = 1001
IMPORTS = """
from bot import loading
with loading.for_good():
    from bot import app, demo
"""


class Begun(NamedTuple):
    """Seconds to the first answer, by the clock and of the demo's processor, and MB when idle."""

    wall: float
    cpu: float
    idle: float


def measure() -> dict[str, Any]:
    """Start it a few times, and import it."""
    _first_answer()  # it compiles what was never run, as installing the package does
    begun = [_first_answer() for _ in range(ROUNDS)]
    answered = [one.wall for one in begun]
    imported = [_importing() for _ in range(ROUNDS)]
    return {
        "what": "seconds to the first answer of the demo and of imports; resident MB",
        **rig.machine(),
        "n": ROUNDS,
        "first_answer_s": statistics.median(answered),
        "first_answers_s": answered,
        "first_answer_cpu_s": statistics.median(one.cpu for one in begun),
        "import_s": statistics.median(wall for wall, _ in imported),
        "import_cpu_s": statistics.median(cpu for _, cpu in imported),
        "idle_mb": statistics.median(one.idle for one in begun),
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    first, imported = measured["first_answer_s"], measured["import_s"]
    first_cpu, import_cpu = measured["first_answer_cpu_s"], measured["import_cpu_s"]
    return "\n".join(
        (
            f"{'start of the demo to first answer':40}{first:8.2f} s, {first_cpu:.2f} s CPU",
            f"{'importing the bot':40}{imported:8.2f} s, {import_cpu:.2f} s CPU",
            f"{'resident, the demo, idle':40}{measured['idle_mb']:8.0f} MB",
        )
    )


def _importing() -> tuple[float, float]:
    begun, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, env=rig.compiled())
    after = os.times()
    cpu = after.children_user + after.children_system
    return time.perf_counter() - begun, cpu - before.children_user - before.children_system


def _first_answer() -> Begun:
    with listen() as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    with _demo(port) as pid:
        chat = f"http://127.0.0.1:{port}/sandbox/people/{ANYBODY}"
        while not _tried(f"{chat}/say", b'{"text": "/start"}'):
            time.sleep(LOOK_AGAIN)
        while 'is_bot": true' not in json.dumps(_tried(f"{chat}/messages")):
            if time.perf_counter() - begun > PATIENCE:
                raise TimeoutError
            time.sleep(LOOK_AGAIN)
        wall, cpu = time.perf_counter() - begun, processes.cpu(pid)
        processes.await_idle(pid)
        return Begun(wall, cpu, processes.megabytes(pid))


@contextmanager
def _demo(port: int) -> Generator[int]:
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(port)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=rig.compiled())
    try:
        yield child.pid
    finally:
        child.terminate()
        child.wait(PATIENCE)


def _tried(address: str, body: bytes | None = None) -> Any:
    """Ask the sandbox; None while nobody listens yet."""
    asked = Request(address, body, {"Content-Type": "application/json"})
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:
            return json.load(answer)
    except (URLError, ConnectionError):
        return None
