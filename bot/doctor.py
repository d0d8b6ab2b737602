"""The doctor: looks at everything a bot needs, changes nothing, and says what to do."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

from telegram.error import TelegramError

from bot import models, opik
from bot.clock import SystemClock
from bot.opik import checkup as opik_checkup
from bot.settings import Settings, SettingsError
from bot.telegram import connect
from coach import catalogue
from coach.llm.errors import ModelError, TooLateError
from coach.llm.port import ModelRequest
from coach.llm.providers import LazyProvider, MissingLibraryError
from coach.rules import helplines
from storage import erasures, integrity, keys, location, migrate, opening, opik_outbox
from storage.errors import DatabaseUnavailableError, StartError
from storage.opik_outbox import Backlog
from storage.transaction import Transaction

T = TypeVar("T")

ROOM = 200 * 2**20
"""Bytes that should be free for the database, its log and a backup."""

ZONES = 400
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""The clock cannot be right before this version was made."""

MODEL_PATIENCE = timedelta(seconds=20)
MODEL_FIXES = {
    "rate_limited": "Wait, or raise the quota of your key",
    "unavailable": "Check the network, GEMINI_BASE_URL or OPENAI_BASE_URL, and that it runs",
    "too_late": "Choose a quicker LLM_MODEL, or a machine with more power",
    "broken_answer": "Check GEMINI_BASE_URL or OPENAI_BASE_URL: something else answers there",
    "empty": "Choose another LLM_MODEL: this one thinks and says nothing",
    "blocked": "Choose another LLM_MODEL: its filter refuses a harmless request",
    "refused": "Check the key, LLM_MODEL and the address",
}
"""What to do about each way in which a provider fails."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. *vital*: the bot could not run without it."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    vital: bool = True


def examine(chosen: Settings) -> list[Check]:
    """Look at everything, the token first."""
    looks: tuple[Callable[[Settings], Check], ...] = (
        _token, _model, _opik, _database, _key, _erasures, _folder, _disk, _zones, _clock,
        _helplines, _readers,
    )  # fmt: skip
    return [look(chosen) for look in looks]


def healthy(checks: Iterable[Check]) -> bool:
    """Tell whether the bot could run."""
    return all(check.ok for check in checks if check.vital)


def as_json(checks: Iterable[Check]) -> dict[str, list[dict[str, object]]]:
    """Give the checks their published form."""
    told = ("name", "ok", "detail", "fix")
    return {"checks": [{name: asdict(check)[name] for name in told} for check in checks]}


def render(checks: Iterable[Check]) -> str:
    """Write one line a check."""
    return "\n".join(
        f"{'ok ' if check.ok else 'NOT' if check.vital else '!  '} {check.name}: {check.detail}"
        + (f". {check.fix}" if check.fix else "")
        for check in checks
    )


def _token(chosen: Settings) -> Check:
    try:
        me = asyncio.run(connect.who_am_i(chosen.token, chosen.telegram_api_base_url))
    except SettingsError:
        return Check("token", False, "not set", "Set TELEGRAM_BOT_TOKEN to @BotFather's token")
    except connect.TokenRefusedError:
        return Check("token", False, "Telegram refused it", "Ask @BotFather for a new one")
    except TelegramError as error:
        told = f"Telegram cannot be reached ({type(error).__name__})"
        return Check("token", False, told, "Check the network and TELEGRAM_API_BASE_URL")
    return Check("token", True, f"Telegram knows it as @{me.username}")


def _model(chosen: Settings) -> Check:
    try:
        model = models.provider(chosen)
    except MissingLibraryError as error:
        return Check("model", False, str(error))
    if model is None:
        return Check("model", True, "none configured; the rules answer", vital=False)
    named = f"{model.name}, {model.model}"
    try:
        took = asyncio.run(_one_word(model))
    except ModelError as error:
        told = f"{named}: {error.kind.replace('_', ' ')} ({error}); the rules answer meanwhile"
        return Check("model", False, told, MODEL_FIXES[error.kind], vital=False)
    return Check("model", True, f"{named}, answered in {took.total_seconds():.1f} s", vital=False)


async def _one_word(model: LazyProvider) -> timedelta:
    """Ask the model for one word and tell how long it took, without making its client."""
    clock = SystemClock()
    try:
        await model.warm()
        asked = clock.elapsed()
        async with asyncio.timeout(MODEL_PATIENCE.total_seconds()):
            await model.generate(ModelRequest("doctor", "Answer with one word: ready."))
        return clock.elapsed() - asked
    except TimeoutError:
        raise TooLateError(f"{MODEL_PATIENCE.total_seconds():.0f} s") from None
    finally:
        await model.close()


def _opik(chosen: Settings) -> Check:
    where = opik.of(chosen)
    if where is None:
        return Check("opik", True, "off; nothing is sent", vital=False)
    told, fix = asyncio.run(opik_checkup.examine(where))
    behind = _opik_backlog(chosen)
    detail = f"{told}; {opik_checkup.told(behind)}" if behind else told
    return Check("opik", not fix, detail, fix, vital=False)


def _opik_backlog(chosen: Settings) -> Backlog | None:
    """Count what waits for Opik, where there is a database yet."""
    return _looked(chosen, opik_outbox.backlog)


def _looked(chosen: Settings, look: Callable[[Transaction], T]) -> T | None:
    """Look into the database; None where there is none, or it cannot be opened."""
    url = chosen.database_url.get_secret_value()
    try:
        database = opening.open_beside(url, chosen.key_file, SystemClock().now())
    except (StartError, DatabaseUnavailableError):
        return None  # other checks tell why
    try:
        return database.read_now(look)
    finally:
        database.close()


def _database(chosen: Settings) -> Check:
    try:
        place = location.parse(chosen.database_url.get_secret_value())
        path = location.file(place)
        if path is not None and not path.exists():
            return Check("database", True, f"{path} is not there yet; the first start makes it")
        if path is not None:
            integrity.check(path)
        found = migrate.found(place)
    except StartError as error:
        return Check("database", False, str(error), "Restore a backup, or call `rein migrate`")
    except DatabaseUnavailableError as error:
        return Check("database", False, error.reason, "Check DATABASE_URL and that it runs")
    known = migrate.head()
    if found is not None and found > known:
        return Check("database", False, f"schema {found} is newer than {known}", "Update Rein")
    if found != known:
        told = f"schema {found or 'none'}; this version's is {known}"
        return Check("database", True, told, "The next start migrates it, after a copy")
    return Check("database", True, f"{location.shown(place)}, schema {found}")


def _key(chosen: Settings) -> Check:
    path = chosen.key_file
    if not path.exists():
        told = f"{path} is not there yet; the first start makes it"
        return Check("key file", True, told, vital=False)
    try:
        keys.load(path, may_create=False)
        open_to_all = keys.others_can_read(path)
    except StartError as error:
        return Check("key file", False, str(error), "Put the file you kept a copy of in its place")
    if open_to_all:
        return Check("key file", False, f"others can read {path}", f"chmod 600 {path}", vital=False)
    return Check("key file", True, f"{path}; keep a copy of it elsewhere")


def _erasures(chosen: Settings) -> Check:
    waiting = _looked(chosen, erasures.count) or 0
    if not waiting:
        return Check("erasures", True, "none waits", vital=False)
    told = f"{waiting} people are erased, and files may still hold their keys"
    fix = "The bot tries every hour; see that it may write its backups, or delete the broken ones"
    return Check("erasures", False, told, fix, vital=False)


def _folder(chosen: Settings) -> Check:
    folder = _home(chosen)
    if folder is None:
        return Check("folder", True, "not needed with PostgreSQL", vital=False)
    existing = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if os.access(existing, os.W_OK):
        return Check("folder", True, f"{folder} can be written")
    return Check("folder", False, f"{existing} cannot be written", "Give this user the folder")


def _disk(chosen: Settings) -> Check:
    folder = _home(chosen) or Path()
    existing = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(existing).free
    told = f"{free // 2**20:,} MB free"
    if free < ROOM:
        return Check("disk", False, told, f"Free {ROOM // 2**20} MB or more", vital=False)
    return Check("disk", True, told, vital=False)


def _zones(_: Settings) -> Check:
    found = len(available_timezones())
    fix = "" if found >= ZONES else "Install the package tzdata"
    return Check("time zones", found >= ZONES, f"{found} known", fix)


def _clock(_: Settings) -> Check:
    now = SystemClock().now()
    if now < BUILT:
        return Check("clock", False, f"it says {now:%Y-%m-%d %H:%M} UTC", "Set the clock")
    return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC", vital=False)


def _helplines(_: Settings) -> Check:
    waiting = helplines.unverified(SystemClock().now().date())
    if not waiting:
        return Check("helplines", True, "all verified", vital=False)
    off = sum(not line.on for line in waiting)
    told = f"{off} numbers not verified, so not shown; {len(waiting) - off} to be checked again"
    fix = "Call each, then write who checked it and when into coach/rules/helplines.toml"
    return Check("helplines", False, told, fix, vital=False)


def _readers(_: Settings) -> Check:
    found = (catalogue.reviewed(language) for language in catalogue.languages())
    waiting = [one.language for one in found if not one.safety]
    if not waiting:
        return Check("safety texts", True, "read by native speakers", vital=False)
    told = f"await a native reader in: {', '.join(waiting)}"
    fix = "Have one read them; docs/how-to/add-a-language.md says what to look for"
    return Check("safety texts", False, told, fix, vital=False)


def _home(chosen: Settings) -> Path | None:
    """Name the folder of a SQLite database; None for PostgreSQL."""
    url = chosen.database_url.get_secret_value()
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:") else None
