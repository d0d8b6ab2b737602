"""The operator's commands about people: export, erase, invite. They work beside a running bot."""

import asyncio
from pathlib import Path

from telegram.error import TelegramError

from bot import takeaway
from bot.access import INVITATION_LIFE, link, new_code
from bot.clock import SystemClock
from bot.settings import Settings
from bot.telegram import connect
from storage import access, opening, people
from storage.access import Invitation
from storage.database import Database
from storage.errors import NobodyError
from storage.people import Person


def export(chosen: Settings, public_id: str, folder: Path) -> list[Path]:
    """Write everything kept about a person into files of *folder*; return their paths."""
    database, now = _open(chosen), SystemClock().now()
    try:
        person = _person(database, public_id)
        found = database.read_now(lambda t: takeaway.documents(t, person, now))
    finally:
        database.close()
    written: list[Path] = []
    for document in found:
        path = folder / document.name
        path.touch(mode=0o600)
        path.write_bytes(document.content)
        written.append(path)
    return written


def erase(chosen: Settings, public_id: str) -> None:
    """Erase a person for good; what the bot has under way for them ends in nothing."""
    database, now = _open(chosen), SystemClock().now()
    try:
        person = _person(database, public_id)
        database.write_now(lambda t: people.erase(t, person, now))
        asyncio.run(database.finish_erasures())
    finally:
        database.close()


def invite(chosen: Settings, uses: int) -> str:
    """Make an invitation; return its link, or what to send when the bot's name is unknown."""
    database, now, code = _open(chosen), SystemClock().now(), new_code()
    try:
        invitation = Invitation(code, uses, now + INVITATION_LIFE)
        database.write_now(lambda t: access.invite(t, invitation, now))
    finally:
        database.close()
    try:
        me = asyncio.run(connect.who_am_i(chosen.token, chosen.telegram_api_base_url))
    except TelegramError:
        return f"/start {code}"
    return link(me.username or "", code)


def _open(chosen: Settings) -> Database:
    url = chosen.database_url.get_secret_value()
    files = opening.Files(chosen.backup_dir, chosen.erased_file)
    return opening.open_beside(url, chosen.key_file, SystemClock().now(), files)


def _person(database: Database, public_id: str) -> Person:
    person = database.read_now(lambda t: people.named(t, public_id))
    if person is None:
        raise NobodyError(public_id)
    return person
