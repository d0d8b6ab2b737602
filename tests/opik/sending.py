"""Where senders are born to be killed: a line on stdin is a wish, `died STATUS` the answer.

Opik's package is loaded once; each sender is a fork, which sends what waits and ends.
"""

import asyncio
import importlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.opik import Opik, quiet
from bot.opik.sender import Sender
from bot.opik.wire import Wire
from storage import failpoints, opening, opik_outbox


def main() -> None:
    with quiet.importing():
        importlib.import_module("opik.rest_api.client")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                asyncio.run(_send(**json.loads(line)))
                status = 0
            finally:
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


async def _send(folder: str, url: str, places: str, now: str) -> None:
    path, clock = Path(folder), SystemClock()
    at = datetime.fromisoformat(now)
    database = opening.open_for_bot(f"sqlite:///{path}/rein.db", path / "master.key", at)
    sender = Sender(database, Wire(Opik(url)), clock)
    failpoints.arm(places)
    while database.read_now(opik_outbox.backlog).waiting:
        await sender.send_page()
    database.close()


if __name__ == "__main__":
    main()
