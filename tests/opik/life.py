"""A whole bot in a process of its own, beside an Opik; tells at its end where it connected to.

    python -m tests.opik.life ROOT FOLDER OPIK_URL

says `up` when it works and, asked to end, leaves as `rein run` does.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

from bot import background
from bot.app import Options, running
from bot.background import Background
from bot.clock import SystemClock
from bot.demo import LIMITS, TOKEN
from bot.opik import Opik

connected: set[str] = set()


def main(root: str, folder: str, url: str) -> None:
    sys.addaudithook(_note)
    asyncio.run(_run(root, Path(folder), url))
    loaded = [name for name in ("opik", "litellm") if name in sys.modules]
    print(json.dumps({"connected": sorted(connected), "loaded": loaded}), flush=True)


async def _run(root: str, folder: Path, url: str) -> None:
    options = Options(
        token=TOKEN,
        telegram_root=root,
        database_url=f"sqlite:///{folder / 'rein.db'}",
        key_file=folder / "master.key",
        clock=SystemClock(),
        public=True,
        limits=LIMITS,
        opik=Opik(url),
    )
    stop, tasks = asyncio.Event(), Background()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running(options, tasks):
        print("up", flush=True)
        await background.until(stop, tasks)


def _note(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        connected.add(str(args[1][0]))
    if event == "socket.getaddrinfo":
        connected.add(str(args[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
