"""A bot in a process of its own, on a database that is there, which says what it has used so far.

`python -m benchmarks.metered ADDRESS FOLDER` answers each line with that; it ends with its input.
"""

import asyncio
import json
import logging
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Engine, event

from benchmarks import rig
from bot.app import running
from bot.background import Background, until
from bot.options import Options


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time, and statements sent to the database."""

    cpu_s: float
    statements: int

    def __sub__(self, other: "Used") -> "Used":
        return Used(self.cpu_s - other.cpu_s, self.statements - other.statements)


NOTHING: Mapping[str, Callable[[], None]] = MappingProxyType({})


class Metered:
    """The bot, as the process that started it sees it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.pid = process.pid

    async def used(self, told: str = "") -> Used:
        """Ask what it has used, once it is up; perhaps tell it to do something from now on."""
        line, out = self._process.stdin, self._process.stdout
        assert line is not None
        assert out is not None
        line.write(f"{told}\n".encode())
        return Used(**json.loads(await out.readline()))


@asynccontextmanager
async def begun(address: str, folder: Path, module: str = __name__) -> AsyncGenerator[Metered]:
    """Run such a bot against the sandbox at *address*, with the database in *folder*."""
    command = [sys.executable, "-m", module, address, str(folder)]
    child = await asyncio.create_subprocess_exec(
        *command, env=rig.compiled(), stdin=PIPE, stdout=PIPE
    )
    try:
        yield Metered(child)
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def live(options: Options, does: Mapping[str, Callable[[], None]] = NOTHING) -> None:
    """Be the bot, and say what it has used whenever a line is read; some lines it also *does*."""
    statements, stop = list[None](), asyncio.Event()
    event.listen(Engine, "before_cursor_execute", lambda *_: statements.append(None))

    def answer() -> None:
        if line := sys.stdin.readline():
            print(json.dumps(asdict(Used(time.process_time(), len(statements)))), flush=True)
            does.get(line.strip(), lambda: None)()
        else:
            asyncio.get_running_loop().remove_reader(sys.stdin)
            stop.set()

    background = Background()
    async with running(options, background):
        asyncio.get_running_loop().add_reader(sys.stdin, answer)
        await until(stop, background)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    where, place = sys.argv[1:]
    asyncio.run(live(rig.options(where, Path(place), rig.UNLIMITED)))
