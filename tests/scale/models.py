"""Models of a member: what a test wants to see of them, it sees in the members' folder."""

import os
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from coach.llm.port import Chunk, ModelRequest, Provider
from coach.llm.scripted import ScriptedModel
from tests.coach.llm.providers import Named
from tests.crash.nursery import NO_DANGER, answer

LOOK_AGAIN = timedelta(seconds=0.02)


class Lingering(ScriptedModel):
    """Repeats what was said, but falls silent after each sentence while *file* is there."""

    def __init__(self, file: Path) -> None:
        super().__init__(answer)
        self._file = file

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        async for chunk in super().stream(request):
            yield chunk
            while chunk.text.endswith(". ") and self._file.exists():
                await SystemClock().wait(LOOK_AGAIN)


class Priced(Named):
    """Costs something; each call leaves a byte in the process's own file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self._said)
        self._file = folder / f"calls {os.getpid()}"

    def _said(self, request: ModelRequest) -> str:
        with self._file.open("ab") as calls:
            calls.write(b".")
        return NO_DANGER if request.schema else "One small step is enough for today."


def calls(folder: Path) -> list[int]:
    """Count the calls of each process."""
    return [file.stat().st_size for file in folder.glob("calls *")]


def made(name: str, folder: Path) -> Provider | None:
    """Make a model by its name."""
    if name == "none":
        return None
    if name == "lingering":
        return Lingering(folder / "linger")
    return Priced(folder) if name == "priced" else ScriptedModel(answer)
