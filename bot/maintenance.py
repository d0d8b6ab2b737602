"""Maintenance: what is done now and then, whoever talks or not.

APScheduler fires it with a memory store, since nothing of it must survive a restart:
what is due is decided by the rows and files themselves.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import inactive
from bot.background import Background
from bot.check_ins import settling
from bot.clock import Clock
from storage import backup, location, migrate, retention
from storage.database import Database
from storage.errors import BackupError, DatabaseUnavailableError

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)

COPIES_KEPT = timedelta(days=14)
"""How long the copies that migrations make stay, as nightly backups do."""


Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Backups:
    """Where nightly backups go, and how long each is kept."""

    folder: Path
    keep: timedelta


@contextmanager
def scheduled(name: str, work: Work, every: timedelta, background: Background) -> Generator[None]:
    """Have *work* done so often, until the block is left."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] -- APScheduler has no types
        _owned(name, work, background),
        "interval",
        seconds=every.total_seconds(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _owned(name: str, work: Work, background: Background) -> Work:
    """Run a job among the background's tasks, so that a stop ends it; never two of it at once."""
    over = asyncio.Event()
    over.set()

    async def run() -> None:
        try:
            await work()
        finally:
            over.set()

    async def begin() -> None:
        if over.is_set():
            over.clear()
            background.start(name, run())

    return begin


async def tidy(database: Database, url: str, clock: Clock, backups: Backups | None) -> None:
    """Delete what is kept long enough, and write today's backup; the next hour tries again."""
    try:
        now = clock.now()
        await database.write(lambda transaction: retention.purge(transaction, now))
        await inactive.see_off(database, clock)
        while await database.write(lambda transaction: settling.settle_some(transaction, now)):
            pass
        await asyncio.to_thread(migrate.forget_copies, location.parse(url), now - COPIES_KEPT)
        if backups is not None:
            await asyncio.to_thread(back_up, url, clock, backups)
    except (DatabaseUnavailableError, BackupError, OSError) as error:
        log.error("maintenance failed", extra={"error": type(error).__name__})
    await inactive.finish(database, clock)  # a backup may hold somebody erased while it was made


def back_up(url: str, clock: Clock, backups: Backups) -> None:
    """Write today's backup if it is not there yet, and delete those that are too old."""
    today = clock.now().date()
    backups.folder.mkdir(parents=True, exist_ok=True)
    target = backups.folder / f"rein-{today:%Y%m%d}.db"
    if not target.exists():
        backup.save(location.parse(url), target)
    oldest = f"rein-{today - backups.keep:%Y%m%d}.db"
    for file in backup.nightly(backups.folder):
        if file.name < oldest:
            file.unlink()
