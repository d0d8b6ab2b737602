"""Where bots are born to be killed: everything is imported once, and each life is a fork.

Reads one wish a line, answers `born PID`, and when that life is over `died STATUS`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from bot import failpoints
from bot.app import Options, running
from bot.background import Background
from bot.clock import SystemClock
from bot.delivery.pacing import Limits
from coach.llm.scripted import ScriptedModel

TOKEN = "7000000001:crash-test-token-that-opens-nothing"
QUICK = Limits(per_second=1e6, per_chat_second=1e6)


def main() -> None:
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if child == 0:
            live(**wish)
        print(f"born {child}", flush=True)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(f"died {status}", flush=True)


def live(root: str, folder: str, places: str) -> None:
    """Be a bot until killed; never come back to the loop of the nursery."""
    failpoints.arm(places)
    try:
        asyncio.run(_run(root, Path(folder)))
    finally:
        os._exit(1)


async def _run(root: str, folder: Path) -> None:
    options = Options(
        token=TOKEN,
        telegram_root=root,
        database_url=f"sqlite:///{folder / 'rein.db'}",
        key_file=folder / "master.key",
        clock=SystemClock(),
        public=True,
        model=ScriptedModel(),
        limits=QUICK,
    )
    background = Background()
    async with running(options, background):
        await background.watch()


if __name__ == "__main__":
    main()
