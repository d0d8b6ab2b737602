"""One process of several: `python -m tests.scale.member WISH` says `up` when it works.

Each line that it is then told names where it is to die, as `storage.failpoints` has it; it
says `armed`. It ends when nobody can tell it anything any more.
"""

import asyncio
import json
import logging
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bot import signals
from bot.app import running
from bot.background import Background, until
from bot.budget import Caps
from bot.clock import SystemClock
from bot.options import Options, WebhookAddress
from bot.roles import Role
from bot.sandbox.server import LOOPBACK
from storage import failpoints
from tests.crash.nursery import PATIENT, SECRET, TOKEN, UNPACED, sweep_often
from tests.scale import models


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of member; *port*: where an ingress waits, 0 for the others.

    In its folder lie the master key, a model's own file, and one that says by how many seconds
    everybody's clock is ahead.
    """

    role: str
    root: str
    database: str
    folder: str
    webhook: str
    port: int = 0
    model: str = ""
    caps: tuple[str, str] = ("0.01", "1.00")  # of a month and a day, in US dollars

    def __str__(self) -> str:
        return json.dumps(asdict(self))


class Ahead(SystemClock):
    """A clock that jumps forward for everybody at once."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """Tell the time of day that all members share."""
        return super().now() + timedelta(seconds=float(self._file.read_text()))


def options(wish: Wish) -> Options:
    """Make a member's options; everybody may come in and nothing is paced."""
    folder = Path(wish.folder)
    return Options(
        token=TOKEN,
        telegram_root=wish.root,
        database_url=wish.database,
        key_file=folder / "master.key",
        clock=Ahead(folder / "ahead"),
        clock_may_be_set=False,
        public=True,
        model=models.made(wish.model, folder),
        caps=Caps(*map(Decimal, wish.caps)),
        deadlines=PATIENT,
        limits=UNPACED,
        http=(LOOPBACK, wish.port) if wish.port else None,
        webhook=WebhookAddress(wish.webhook, SECRET),
        role=Role(wish.role),
    )


async def live(wish: Wish) -> None:
    """Be a member until killed or asked to end."""
    tasks, stop = Background(), signals.stop_event()
    async with running(options(wish), tasks) as parts:
        if wish.role == Role.WORKER:
            tasks.start("sweeps", sweep_often(parts, SystemClock()))
        asyncio.get_running_loop().add_reader(sys.stdin, arm, stop)
        print("up", flush=True)
        await until(stop, tasks)


def arm(stop: asyncio.Event) -> None:
    """Do what one line says; at the end of all lines, stop."""
    place = sys.stdin.readline()
    if not place:
        asyncio.get_running_loop().remove_reader(sys.stdin)
        stop.set()
        return
    failpoints.arm(place.strip())
    print("armed", flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(live(Wish(**json.loads(sys.argv[1]))))
