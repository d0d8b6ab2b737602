"""Small disks: file systems of a few megabytes, lent to a test, and filled by another file."""

import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

BLOCK = 4096


@contextmanager
def small(folder: Path, megabytes: int) -> Generator[Path]:
    """Lend a file system in *folder*; skip the test where none may be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    lent = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(lent, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Generator[None]:
    """Leave no room on the disk of *folder* for the length of a block."""
    filler = folder / "filler"
    try:
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(BLOCK)):
                pass
        yield
    finally:
        filler.unlink()
