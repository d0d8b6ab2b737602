"""Where bots are born to be killed. Reads one wish a line; answers `born PID`, then `died STATUS`.

The first life is lived in this very process and ends in good order, so that everything is
loaded and warm; each later one is a fork, and alive within a few hundredths of a second.
All log to stderr as in service, at DEBUG: the harness keeps that in the test's folder.
"""

import asyncio
import json
import math
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from bot import background, logs
from bot.app import Running, running
from bot.background import Background
from bot.clock import Clock, SystemClock
from bot.delivery.pacing import Limits
from bot.options import Options, WebhookAddress
from bot.sandbox.server import LOOPBACK
from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel, echo
from coach.llm.timing import Deadlines
from storage import failpoints
from tests.crash import calls

TOKEN = "7000000001:crash-test-token-that-opens-nothing"
UNPACED = Limits(per_second=math.inf, per_chat_second=math.inf)
PATIENT = Deadlines(*[timedelta(seconds=60)] * 3)
"""Whoever has just been killed is slow; an answer by rules would repeat nothing."""

POISON = "pudding"
SECRET = "only-the-sandbox-shows-this-secret-here"
LOOK_EVERY = timedelta(milliseconds=50)
NO_DANGER = '{"safety": "none", "confidence": 90, "meaning": "literal"}'


def main() -> None:
    logs.configure(level="DEBUG", log_format="json", secrets=[TOKEN])
    wishes = (json.loads(line) for line in sys.stdin)
    print(f"born {os.getpid()}", flush=True)
    live(**next(wishes))
    print("died 0", flush=True)
    for wish in wishes:
        child = os.fork()
        if child == 0:
            live_and_die(**wish)
        print(f"born {child}", flush=True)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(f"died {status}", flush=True)


def live(root: str, folder: str, database: str, places: str, ahead: float, port: int) -> None:
    """Be a bot until killed or asked to stop; its clock is *ahead* by so many seconds.

    With a *port* it waits there for a webhook's calls, else it polls.
    """
    failpoints.arm(places)
    asyncio.run(_run(_options(root, Path(folder), database, timedelta(seconds=ahead), port)))


def live_and_die(**wish: Any) -> NoReturn:
    """Be a bot in a process of its own, which never comes back to the nursery's loop."""
    status = 1
    try:
        live(**wish)
        status = 0
    except Exception:  # nobody else would say what went wrong
        traceback.print_exc()
    finally:
        os._exit(status)


class Ahead(SystemClock):
    """A clock that is ahead by the same time for all of a life."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        """Tell the time of day, so much later."""
        return super().now() + self._by


def _options(root: str, folder: Path, database: str, ahead: timedelta, port: int) -> Options:
    return Options(
        token=TOKEN,
        telegram_root=root,
        database_url=database,
        key_file=folder / "master.key",
        clock=Ahead(ahead),
        public=True,
        model=ScriptedModel(_noted(folder)),
        deadlines=PATIENT,
        limits=UNPACED,
        http=(LOOPBACK, port) if port else None,
        webhook=WebhookAddress(f"http://{LOOPBACK}:{port}/updates", SECRET) if port else None,
    )


async def _run(options: Options) -> None:
    stop, tasks = asyncio.Event(), Background()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running(options, tasks) as bot:
        tasks.start("sweeps", sweep_often(bot, options.clock))
        await background.until(stop, tasks)


async def sweep_often(bot: Running, clock: Clock) -> NoReturn:
    """Look for what is due much more often than a service does, from the first moment on."""
    while True:
        await bot.sweep.run()
        await clock.wait(LOOK_EVERY)


def _noted(folder: Path) -> Callable[[ModelRequest], str]:
    """Make a model's answers, each noted in *folder* before it is given."""

    def noted(request: ModelRequest) -> str:
        calls.note(folder, request)
        return answer(request)

    return noted


def answer(request: ModelRequest) -> str:
    """Find no danger and repeat what was said, or choke on it."""
    if POISON in request.user_text:
        os.kill(os.getpid(), signal.SIGKILL)
    return NO_DANGER if request.step == "safety_triage" else echo(request)


if __name__ == "__main__":
    main()
