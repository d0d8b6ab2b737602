"""A life in words that occur nowhere else, with everything switched on; then a look at every byte.

The bot is a child of this process, at LOG_LEVEL=DEBUG, with a model, an Opik and backups.
"""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from storage import backup, location
from tests.bot.house import Guest
from tests.bot.test_data import erase, files
from tests.opik.recording import Recording, recording
from tests.proofs import proven

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
TOKEN = "7000000001:canary-token-that-nobody-may-ever-see"
CHAT = 7_123_456_789
WORDS = ("canarygoal", "canarynote", "canaryfeedback", "canaryname", "canarymodel", "canaryerror")
PATIENCE = 120
BREATH = timedelta(milliseconds=50)


@dataclass
class Life:
    """A bot in a child process, and whom it talks to."""

    guest: Guest
    folder: Path
    bot: Process
    opik: Recording

    async def at(self, moment: datetime) -> None:
        """Let it be *moment*, here and there."""
        self.guest.sandbox.clock.advance_to(moment)
        assert self.bot.stdin is not None
        self.bot.stdin.write(f"{moment.isoformat()}\n".encode())
        await self.bot.stdin.drain()

    def next_due(self) -> datetime:
        (due,) = self._asked("SELECT min(next_due_at) FROM check_in")
        return datetime.fromisoformat(str(due)).replace(tzinfo=UTC)

    def waiting(self) -> int:
        """Count what waits for its turn, or to be sent."""
        (items,) = self._asked("SELECT count(*) FROM inbox WHERE state = 'new'")
        (letters,) = self._asked("SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')")
        return items + letters

    def _asked(self, question: str) -> Sequence[Any]:
        with closing(sqlite3.connect(self.folder / "data" / "rein.db")) as database:
            return database.execute(question).fetchone()

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def everything(self) -> dict[str, bytes]:
        """Read all that a thief of this machine, or a reader of Opik, could get at."""
        found = {str(p.relative_to(self.folder)): p.read_bytes() for p in _files(self.folder)}
        with closing(sqlite3.connect(self.folder / "data" / "rein.db")) as database:
            found["dump"] = "\n".join(database.iterdump()).encode()
        held = self.opik.held()
        found["opik"] = json.dumps([held.traces, held.spans, held.scores], default=str).encode()
        return found


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@asynccontextmanager
async def chatty_model() -> AsyncGenerator[str]:
    """Serve a model that always says the same, in no step's form; give its root."""

    async def answer(request: web.Request) -> web.StreamResponse:
        text = "A good canarymodel week, and it counts. "
        if not (await request.json()).get("stream"):
            choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            return web.json_response({"choices": [choice]})
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for piece in (text, "Would the small version fit tomorrow?"):
            chunk = {"choices": [{"delta": {"content": piece}, "index": 0}]}
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    try:
        yield f"http://{LOOPBACK}:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def lived(folder: Path) -> AsyncGenerator[Life]:
    """Serve everything around the bot, and start it."""
    listener, world = listen(), Background()
    sandbox = Sandbox(SandboxClock(SystemClock().now))
    world.start("sandbox", serve(sandbox, listener))
    guest = Guest(sandbox, sandbox.add_person("Canaryname", "en", CHAT))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(world.stop, timedelta(seconds=3))
        opik = stack.enter_context(recording())
        model = await stack.enter_async_context(chatty_model())
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": f"http://{LOOPBACK}:{listener.getsockname()[1]}",
            "DATABASE_URL": f"sqlite:///{folder}/data/rein.db",
            "MASTER_KEY_FILE": str(folder / "master.key"),
            "BACKUP_DIR": str(folder / "backups"),
            "PUBLIC": "true",
            "OPERATOR_CONTACT": "ops@example.org",
            "HTTP_PORT": "0",
            "LLM_PROVIDER": "openai-compatible",
            "OPENAI_BASE_URL": model,
            "LLM_MODEL": "small",
            "OPIK_URL_OVERRIDE": opik.url,
            "TRACE_TEXT": "off",
            "LOG_LEVEL": "DEBUG",
            "LOG_FORMAT": "json",
            "TMPDIR": str(folder / "tmp"),
            "PYTHONPATH": str(ROOT),
        }
        (folder / "tmp").mkdir(parents=True)
        log = stack.enter_context((folder / "log").open("wb"))
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.canaries.life",
            cwd=folder, env=os.environ | settings, stdin=PIPE, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            life = Life(guest, folder, bot, opik)
            await until(lambda: '"running"' in life.log())
            yield life
        finally:
            if bot.returncode is None:
                bot.send_signal(signal.SIGTERM)
            await bot.wait()


async def until(seen: Any) -> None:
    """Wait until something outside of the chat is so."""
    async with asyncio.timeout(PATIENCE):
        while not seen():
            await SystemClock().wait(BREATH)


async def to_a_plan(guest: Guest) -> None:
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")
    await guest.say("I want to run a 10k by April because of canarygoal")
    while "Yes, plan it" not in guest.labels():
        await guest.press("You choose")
    await guest.press("Yes, plan it")
    while "Nothing I see" not in guest.labels():
        await guest.press("Done" if "Done" in guest.labels() else guest.labels()[0])
    await guest.press("Too tired")
    await guest.press("Start")
    await guest.press("7–8")
    await guest.press("Evening 19:30")


async def everyday(life: Life) -> None:
    """Talk, comment, export, be asked by itself, meet an error."""
    guest = life.guest
    await guest.say("I feel proud of this canarynote week, call me on +34 600 123 456")
    await guest.say("/feedback the canaryfeedback is too small")
    await guest.say("/export")
    await guest.until(lambda: len(files(guest)) == 2)
    said = len(guest.messages())
    for _ in range(12):
        due = life.next_due()
        await life.at(due + timedelta(seconds=1))
        await until(lambda: life.next_due() != due and not life.waiting())  # noqa: B023
        if len(guest.messages()) > said:
            break
    assert len(guest.messages()) > said, "nothing was said unasked"
    chat = {"id": CHAT, "type": "private", "first_name": "Canaryname"}
    broken = {"message_id": 7, "date": "canaryerror", "chat": chat, "text": "canaryerror"}
    guest.sandbox.updates.push("message", {**broken, "from": {**chat, "is_bot": False}})
    await until(lambda: "given up" in life.log())


def hits(found: dict[str, bytes], traces: Sequence[bytes]) -> list[tuple[str, bytes]]:
    return [
        (name, trace)
        for name, content in found.items()
        for trace in traces
        if trace.lower() in content.lower()
    ]


async def test_no_word_lies_anywhere_in_clear_and_after_an_erasure_no_id(tmp_path: Path):
    words = [word.encode() for word in WORDS] + [b"600 123 456", TOKEN.encode()]
    async with lived(tmp_path) as life:
        await to_a_plan(life.guest)
        await everyday(life)
        heard = json.dumps(life.guest.heard()).lower()
        assert "canarymodel" in heard, "no word of the model was heard"
        await until(lambda: life.opik.held().traces)
        yesterday = SystemClock().now() - timedelta(days=1)
        copy = tmp_path / "backups" / f"rein-{yesterday:%Y%m%d}.db"
        backup.save(location.parse(f"sqlite:///{tmp_path}/data/rein.db"), copy)
        before = life.everything()
        assert hits(before, words) == []
        assert any(name.endswith("-wal") for name in before)

        with closing(sqlite3.connect(tmp_path / "data" / "rein.db")) as database:
            (public, wrapped) = database.execute(
                "SELECT public_id, wrapped_key FROM person"
            ).fetchone()
        ids = [public.encode(), wrapped, str(CHAT).encode(), CHAT.to_bytes(6)]
        holding = {name for name, _ in hits(before, ids)}
        assert {str(copy.relative_to(tmp_path)), "data/rein.db-wal", "dump"} <= holding
        await erase(life.guest)
        after = life.everything()
        assert hits(after, words) == []
        assert hits(after, ids) == []
    left = {str(path): path.read_bytes() for path in _files(tmp_path)}
    assert hits(left, words + ids) == []
    looked = [*before.values(), *after.values(), *left.values()]
    proven(
        "canaries",
        words=len(words),
        files=len(looked),
        bytes=sum(map(len, looked)),
        found=0,
        ids=0,
    )
