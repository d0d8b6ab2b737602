"""One process of several: `python -m tests.scale.member WISH` says `up` when it works."""

import asyncio
import json
import logging
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bot import signals
from bot.app import running
from bot.background import Background, until
from bot.clock import SystemClock
from bot.options import Options, WebhookAddress
from bot.roles import Role
from bot.sandbox.server import LOOPBACK
from coach.llm.scripted import ScriptedModel
from tests.crash.nursery import PATIENT, SECRET, TOKEN, UNPACED, answer


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of member; *port*: where an ingress waits, 0 for the others."""

    role: str
    root: str
    database: str
    key_file: str
    webhook: str
    port: int = 0

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def options(wish: Wish) -> Options:
    """Make a member's options; everybody may come in and nothing is paced."""
    return Options(
        token=TOKEN,
        telegram_root=wish.root,
        database_url=wish.database,
        key_file=Path(wish.key_file),
        clock=SystemClock(),
        public=True,
        model=ScriptedModel(answer),
        deadlines=PATIENT,
        limits=UNPACED,
        http=(LOOPBACK, wish.port) if wish.port else None,
        webhook=WebhookAddress(wish.webhook, SECRET),
        role=Role(wish.role),
    )


async def live(wish: Wish) -> None:
    """Be a member until killed or asked to end."""
    tasks, stop = Background(), signals.stop_event()
    async with running(options(wish), tasks):
        print("up", flush=True)
        await until(stop, tasks)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(live(Wish(**json.loads(sys.argv[1]))))
