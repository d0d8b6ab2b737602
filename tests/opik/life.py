"""A whole bot in a process of its own, beside an Opik; tells at its end where it connected to.

    python -m tests.opik.life ROOT FOLDER OPIK_URL

says `up` when it works and, asked to end, leaves as `rein run` does.
"""

import json
import sys
from pathlib import Path
from typing import Any

from bot import service
from bot.clock import SystemClock
from bot.demo import LIMITS, TOKEN
from bot.opik import Opik
from bot.options import Options

connected: set[str] = set()


def main(root: str, folder: str, url: str) -> None:
    sys.addaudithook(_note)
    options = Options(
        token=TOKEN,
        telegram_root=root,
        database_url=f"sqlite:///{Path(folder) / 'rein.db'}",
        key_file=Path(folder) / "master.key",
        clock=SystemClock(),
        limits=LIMITS,
        opik=Opik(url),
        on_claim_code=lambda _: print("up", flush=True),
    )
    service.serve(options)
    loaded = [name for name in ("opik", "litellm") if name in sys.modules]
    print(json.dumps({"connected": sorted(connected), "loaded": loaded}), flush=True)


def _note(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        connected.add(str(args[1][0]))
    if event == "socket.getaddrinfo":
        connected.add(str(args[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
