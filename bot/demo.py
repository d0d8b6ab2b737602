"""The demo: the sandbox and the real bot side by side, on this machine alone."""

import asyncio
import sys
import webbrowser
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import logs, opik, service, settings, signals
from bot.app import Running, running
from bot.background import Background, until
from bot.clock import SystemClock
from bot.delivery.pacing import Limits
from bot.options import Options
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from bot.settings import Settings
from storage import check_ins, inbox, outbox_care
from storage.transaction import Transaction

TOKEN = "1000000001:sandbox-token-that-opens-nothing-else"
"""The sandbox takes any token of the right form."""

LIMITS = Limits(per_second=1000, per_chat_second=50, burst=20)
"""The sandbox has no flood limits, so the demo need not wait for any."""


SETTLED_WITHIN = timedelta(seconds=20)
"""How long time stands still for answers to come; a model's slowest is done by then."""

LOOK_AGAIN = timedelta(milliseconds=5)


class DemoClock(SystemClock):
    """The machine's clock, but with the sandbox's time of day, which can jump."""

    def __init__(self, sandbox: SandboxClock) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        """Tell the sandbox's time."""
        return self._sandbox.now()


class Step:
    """Takes the sandbox's time to the next check-in that is due, so that weeks are lived."""

    def __init__(self, clock: SandboxClock, bot: Running) -> None:
        self._clock = clock
        self._bot = bot
        self._real = SystemClock()

    async def __call__(self, to: datetime) -> bool:
        """Have what is due next said in its time; False if nothing is due until then."""
        await self._settle()
        due = await self._bot.database.read(check_ins.earliest)
        if due is None or due > to:
            return False
        self._clock.advance_to(due)
        await self._bot.sweep.look()
        await self._settle()
        return True

    async def _settle(self) -> None:
        """Let what waits have its turn and be sent."""
        until = self._real.elapsed() + SETTLED_WITHIN
        while await self._bot.database.read(_waiting) and self._real.elapsed() < until:
            await self._real.wait(LOOK_AGAIN)


def _waiting(transaction: Transaction) -> int:
    return inbox.backlog(transaction).waiting + outbox_care.waiting(transaction)


def run(port: int, database: str | None, *, open_browser: bool) -> None:
    """Run the demo until Ctrl-C."""
    chosen = settings.for_demo()
    logs.configure(level="WARNING", log_format=chosen.log_format, secrets=chosen.secrets())
    with TemporaryDirectory(prefix="rein-demo-") as folder:
        url = database or f"sqlite:///{folder}/demo.db"
        key_file = Path(folder) / "master.key" if database is None else chosen.key_file
        asyncio.run(_run(port, url, key_file, chosen, open_browser=open_browser))


async def _run(
    port: int, url: str, key_file: Path, chosen: Settings, *, open_browser: bool
) -> None:
    logs.catch_loop_errors(asyncio.get_running_loop())
    stop = signals.stop_event()
    listener = listen(port)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    clock = SandboxClock(SystemClock().now)
    made = Options(
        token=TOKEN,
        telegram_root=address,
        database_url=url,
        key_file=key_file,
        clock=DemoClock(clock),
        public=True,
        clock_may_be_set=False,
        limits=LIMITS,
        opik=opik.of(chosen),
    )
    options = service.with_model(made, chosen)
    world, bot = Background(), Background()
    world.start("sandbox", serve(Sandbox(clock), listener))
    try:
        async with running(options, bot) as parts:
            clock.step = Step(clock, parts)
            _announce(f"{address}/", open_browser=open_browser)
            await until(stop, world, bot)
    finally:
        await world.stop(timedelta(seconds=2))


def _announce(address: str, *, open_browser: bool) -> None:
    print(f"Rein is here: {address}   (Ctrl-C stops it)", flush=True)
    if open_browser and sys.stdout.isatty():
        webbrowser.open(address)
