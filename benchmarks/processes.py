"""What another process uses, as Linux tells it."""

import os
import time
from pathlib import Path

STILL = 1.0
"""Seconds without work of its own after which a process is idle."""


def cpu(pid: int) -> float:
    """Tell the seconds of processor time that a process has used, of its own and the system's."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """Tell how much of it is resident in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def await_idle(pid: int) -> None:
    """Return once the process has worked for less than a fiftieth of the last second."""
    before, worked = 0.0, cpu(pid)
    while worked - before > STILL / 50:
        time.sleep(STILL)
        before, worked = worked, cpu(pid)
