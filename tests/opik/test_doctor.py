import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot import doctor
from bot.doctor import Check
from bot.settings import Settings
from storage import people
from storage.database import Database
from tests.bot.fakes import NOON
from tests.opik.outbox import put_turns
from tests.opik.recording import Recording

pytestmark = pytest.mark.usefixtures("opik_package")


async def look(folder: Path, **given: Any) -> Check:
    database, key_file = f"sqlite:///{folder}/rein.db", str(folder / "master.key")
    chosen = Settings(DATABASE_URL=database, MASTER_KEY_FILE=key_file, **given)  # pyright: ignore[reportCallIssue] -- by alias
    return await asyncio.to_thread(doctor._opik, chosen)


async def test_without_opik_nothing_is_sent(tmp_path: Path):
    assert await look(tmp_path) == Check("opik", True, "off; nothing is sent", vital=False)


@pytest.mark.parametrize("path", ["/api", "/api/", "", "/"])
async def test_a_reachable_opik_is_told_with_our_project(
    path: str, tmp_path: Path, recorder: Recording
):
    root = recorder.url.removesuffix("/api")

    check = await look(tmp_path, OPIK_URL_OVERRIDE=root + path)

    assert check == Check("opik", True, f"{root}/api, project rein (not there yet)", vital=False)


@pytest.mark.parametrize(
    ("does", "detail", "fix"),
    [
        ("401", "turns us away (HTTP 401)", "OPIK_API_KEY"),
        ("403", "turns us away (HTTP 403)", "OPIK_WORKSPACE"),
        ("400", "refuses (HTTP 400)", "OPIK_WORKSPACE"),
        ("404", "is not Opik's API", "OPIK_URL_OVERRIDE"),
        ("500", "cannot be reached (HTTP 500)", "what waits is kept"),
        ("a web page", "is not Opik's API", "OPIK_URL_OVERRIDE"),
        ("down", "cannot be reached (ConnectError)", "Check the network"),
    ],
)
async def test_what_is_wrong_with_opik_is_told_with_what_to_do(
    does: str, detail: str, fix: str, tmp_path: Path, recorder: Recording
):
    recorder.behave(does)
    if does == "down":
        recorder.down()

    check = await look(tmp_path, OPIK_URL_OVERRIDE=recorder.url, OPIK_API_KEY="key-of-opik")

    assert detail in check.detail
    assert fix in check.fix
    assert not check.ok
    assert not check.vital
    assert "key-of-opik" not in str(check)


async def test_what_waits_for_opik_is_told(tmp_path: Path, recorder: Recording, database: Database):
    ada = await database.write(lambda transaction: people.create(transaction, 7, "en", NOON))
    await put_turns(database, ada, 3)

    check = await look(tmp_path, OPIK_URL_OVERRIDE=recorder.url)

    assert check.detail.endswith("; 3 waiting since 2026-11-23 12:00 UTC")
