import asyncio
import json
from pathlib import Path

import pytest

from bot import operating
from storage import access, people
from storage.database import Database
from storage.errors import NobodyError
from storage.people import Person
from tests.bot.fakes import NOON
from tests.bot.test_doctor import chosen
from tests.storage import examples


@pytest.fixture
def ada(database: Database) -> Person:
    ada = database.write_now(lambda tx: people.create(tx, 7_000_000_001, "en", NOON))
    database.write_now(lambda tx: examples.fill(tx, ada))
    return ada


def test_a_person_is_exported_beside_a_running_bot(ada: Person, tmp_path: Path):
    paths = operating.export(chosen(tmp_path), ada.public_id, tmp_path)

    assert [path.suffix for path in paths] == [".json", ".ics"]
    assert json.loads(paths[0].read_text())["person"][0]["public_id"] == ada.public_id
    assert paths[0].stat().st_mode & 0o077 == 0


def test_a_person_is_erased_beside_a_running_bot(database: Database, ada: Person, tmp_path: Path):
    operating.erase(chosen(tmp_path), ada.public_id)

    assert database.read_now(lambda tx: people.find(tx, ada.chat_id)) is None
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("rein.db*"))
    assert ada.public_id.encode() not in kept


def test_nobody_is_named_when_the_id_is_unknown(database: Database, tmp_path: Path):
    with pytest.raises(NobodyError, match="nobody here"):
        operating.erase(chosen(tmp_path), "0" * 32)


async def test_an_invitation_is_a_link_that_opens_the_door(
    database: Database, root: str, tmp_path: Path
):
    made = await asyncio.to_thread(operating.invite, chosen(tmp_path, root), 2)

    code = made.partition("?start=")[2]
    assert made.startswith("https://t.me/")
    assert await database.read(lambda tx: access.fits(tx, code, NOON))


def test_without_telegram_an_invitation_is_a_command(database: Database, tmp_path: Path):
    made = operating.invite(chosen(tmp_path), 1)

    assert made.startswith("/start ")
