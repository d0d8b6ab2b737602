"""Canaries: what people say in tests, and every token, may stand in no line of any log.

A whole test run logs at DEBUG, through Rein's own handler and so as an operator would see it.
After each test its lines are searched for what was said in it; logs that child processes left in
its folder are, too. Texts of twelve characters and more count, by how they begin and end: what is
shorter may stand in a log by chance.
"""

import io
import json
import logging
import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from bot import logs
from bot.sandbox import acts
from bot.sandbox.world import Sandbox

P = ParamSpec("P")
T = TypeVar("T")

LONG_ENOUGH, TELLING = 12, 24
SECRETS = (
    "sandbox-token-that-opens-nothing-else",
    "canary-token-that-nobody-may-ever-see",
    "crash-test-token-that-opens-nothing",
)
SHAPES = re.compile(r"[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}|AIza[\w-]{30,}")
"""How tokens and keys look."""


class Watch:
    """Listens to people and to the log, and compares."""

    def __init__(self, log: io.StringIO) -> None:
        """Read what is written to *log*."""
        self._log = log
        self._said: set[str] = set()
        self.lines, self.texts, self.hits = 0, 0, 0

    def hear(self, text: str) -> None:
        """Remember what somebody said."""
        text = text.strip()
        if len(text) >= LONG_ENOUGH and not text.startswith("/"):
            self.texts += 1
            for part in (text[:TELLING], text[-TELLING:]):
                self._said |= {part, json.dumps(part)[1:-1]}

    def found(self, left_behind: Iterator[Path]) -> set[str]:
        """Find what was said since the last time in what was logged since then."""
        lines = self._log.getvalue() + "".join(
            file.read_text("utf-8", "replace") for file in left_behind
        )
        self._log.seek(0)
        self._log.truncate()
        said, self._said = self._said, set()
        hits = {part for part in (*said, *SECRETS) if part in lines} | set(SHAPES.findall(lines))
        self.lines += lines.count("\n")
        self.hits += len(hits)
        return hits

    def spying(self, act: Callable[P, T], text: int) -> Callable[P, T]:
        """Do as *act* does, and hear its argument number *text*."""

        def spied(*args: P.args, **kwargs: P.kwargs) -> T:
            self.hear(str(args[text]))
            return act(*args, **kwargs)

        return spied

    def tell(self) -> None:
        """Add the figures to the file that CANARIES names."""
        if file := os.environ.get("CANARIES"):
            told = {"lines": self.lines, "said": self.texts, "hits": self.hits}
            with Path(file).open("a") as kept:
                kept.write(json.dumps(told) + "\n")


def listen(handler: logging.Handler) -> None:
    """Have *handler* take every record, and no handler that the program made in a test before.

    Pytest's own handlers are of other classes and stay.
    """
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if type(one) is not logging.StreamHandler]
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)


@contextmanager
def watching() -> Generator[Watch]:
    """Listen to everybody in every sandbox of this process, and to all that it logs."""
    log = io.StringIO()
    logs.configure(level="DEBUG", log_format="json", secrets=SECRETS, stream=log)
    watch = Watch(log)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "say", watch.spying(acts.say, 3))
        patch.setattr(acts, "edit", watch.spying(acts.edit, 3))
        patch.setattr(acts, "forward", watch.spying(acts.forward, 2))
        patch.setattr(Sandbox, "add_person", watch.spying(Sandbox.add_person, 1))
        yield watch
    watch.tell()
