import os
import signal
import subprocess
import sys

PASSING_THREE_TIMES = """
from storage.failpoints import failpoint
for _ in range(3):
    failpoint("send.before")
    failpoint("send.after")
    print("passed", flush=True)
"""


def run(places: str | None) -> tuple[int, int]:
    """Tell how a process ended that passes two places three times, and how far it came."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    if places is not None:
        environment["FAILPOINTS"] = places
    ended = subprocess.run(
        [sys.executable, "-c", PASSING_THREE_TIMES],
        env=environment,
        capture_output=True,
        check=False,
    )
    return ended.returncode, ended.stdout.count(b"passed")


def test_in_service_nothing_happens() -> None:
    assert run(None) == (0, 3)


def test_an_armed_place_kills_at_the_named_pass() -> None:
    assert run("worker.claimed,send.after:2") == (-signal.SIGKILL, 1)
