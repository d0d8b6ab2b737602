"""A defect is planted in a copy of the tree, and the tests that watch over it are run there.

The product has no switch for any of this: what is planted is its own text, changed.
"""

import compileall
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "coach", "storage", "tests", "docs", "requirements")
FILES = ("pyproject.toml", "README.md", "Makefile")
CAUGHT, PASSED = 1, 0
"""What pytest exits with where tests failed, and where all of them passed."""

SECONDS = 60
"""How long one test may hang by a defect; that it does is one way to be red."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One line that keeps a promise, and how it reads broken.

    *old* stands exactly once in *file*. Every test of *watched_by* must fail once it is *new*.
    """

    name: str
    file: str
    old: str
    new: str
    watched_by: tuple[str, ...]


class MovedError(Exception):
    """The text to break is no longer there, or more than once: the defect is to be renewed."""

    def __init__(self, defect: Defect, found: int) -> None:
        super().__init__(f"{defect.name}: {defect.file} has {found} times {defect.old!r}")


def broken(text: str, defect: Defect) -> str:
    """Return the source with the defect in it, or raise MovedError."""
    found = text.count(defect.old)
    if found != 1:
        raise MovedError(defect, found)
    return text.replace(defect.old, defect.new)


@contextmanager
def planted(tree: Path, defect: Defect) -> Generator[None]:
    """Have the defect in *tree* for the block."""
    file = tree / defect.file
    sound = file.read_text()
    file.write_text(broken(sound, defect))
    # A compiled file is taken for this one if it is as old, in whole seconds, and as long.
    Path(importlib.util.cache_from_source(file)).unlink(missing_ok=True)
    try:
        yield
    finally:
        file.write_text(sound)


def copied(folder: Path) -> Path:
    """Copy what tests need of this tree, and compile it once for all runs."""
    for part in PARTS:
        unneeded = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(ROOT / part, folder / part, ignore=unneeded)
    for file in FILES:
        shutil.copy(ROOT / file, folder / file)
    compileall.compile_dir(folder, quiet=1)
    return folder


def run(tree: Path, tests: Collection[str]) -> tuple[int, set[str], str]:
    """Run tests in *tree*; return pytest's exit code, the names of the failed, and what it said.

    The current folder comes first where Python looks for packages, so it is the copy's that run.
    """
    options = ["-q", "-rfE", "--tb=line", "-p", "no:cacheprovider", f"--timeout={SECONDS}"]
    made = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *options, *tests],
        cwd=tree,
        env={
            name: value for name, value in os.environ.items() if name not in {"PROOFS", "LONG_TIER"}
        },
        capture_output=True,
        text=True,
    )
    said = made.stdout + made.stderr
    return (
        made.returncode,
        set(re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", said, re.MULTILINE)),
        said,
    )
