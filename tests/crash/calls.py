"""What a model was asked over many lives, noted where a kill takes nothing back."""

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from coach.llm.port import ModelRequest

SAID = re.compile(r"\bThinking about (\w+) today")
"""What the people of `tests.crash.talk` say, each word once."""

_NOTES = "model_calls"


def note(folder: Path, request: ModelRequest) -> None:
    """Note that this process asks, before it has an answer."""
    if found := SAID.search(request.user_text):
        at = SystemClock().elapsed().total_seconds()
        line = f"{os.getpid()} {at!r} {request.step} {found[1]}\n"
        with (folder / _NOTES).open("ab", buffering=0) as notes:  # a line is one write
            notes.write(line.encode())


@dataclass(frozen=True, slots=True)
class Calls:
    """How often a model was asked about what people said. A question is a step and its words."""

    made: int
    again: int  # of them, what another life had asked already
    twice_in_a_life: int
    after_an_answer: int  # about words whose answer had been heard


def judged(folder: Path, heard_at: Mapping[str, timedelta]) -> Calls:
    """Count the calls; *heard_at* tells when each word's answer was first heard."""
    lines = [line.split() for line in (folder / _NOTES).read_text().splitlines()]
    in_lives = Counter((life, step, word) for life, _, step, word in lines)
    questions = {(step, word) for _, _, step, word in lines}
    late = [
        word for _, at, _, word in lines
        if word in heard_at and float(at) > heard_at[word].total_seconds()
    ]  # fmt: skip
    return Calls(
        made=len(lines),
        again=len(in_lives) - len(questions),
        twice_in_a_life=len(lines) - len(in_lives),
        after_an_answer=len(late),
    )
