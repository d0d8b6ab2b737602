"""`rein run` as an operator starts it, in a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

from bot.demo import TOKEN

ROOT = Path(__file__).parents[2]
LONGEST = 60


async def run(root: str, folder: Path) -> tuple[int, str]:
    """Run the bot at *root* on the database in *folder* to its end; return code and output."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": root,
        "DATABASE_URL": f"sqlite:///{folder / 'rein.db'}",
        "MASTER_KEY_FILE": str(folder / "keys" / "master.key"),
        "HTTP_PORT": "0",
        "ALLOWED_USERS": "1",
    }
    command = (sys.executable, "-m", "bot", "run")
    child = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=os.environ | settings, stdout=PIPE, stderr=STDOUT
    )
    async with asyncio.timeout(LONGEST):
        told, _ = await child.communicate()
    assert child.returncode is not None
    return child.returncode, told.decode()
