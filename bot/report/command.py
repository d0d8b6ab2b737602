"""`rein report`: reads the database, beside a running bot too, and says what it found."""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.report import as_json, page, summary, terminal
from bot.settings import Settings
from storage import opening, people, windows
from storage.aggregates.scope import Scope
from storage.errors import FolderNotWritableError, NobodyError
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to report: the last *days*, everybody's or one person's, and in which form."""

    days: int
    person: str | None = None
    as_json: bool = False
    html: Path | None = None


def run(chosen: Settings, wanted: Wanted) -> None:
    """Print the report, or write it as a page."""
    now = SystemClock().now()
    window = windows.last(wanted.days, now)

    def look(transaction: Transaction) -> summary.Summary:
        if wanted.person is None:
            return summary.take(transaction, Scope(window))
        person = people.named(transaction, wanted.person)
        if person is None:
            raise NobodyError(wanted.person)
        return summary.take(transaction, Scope(window, person))

    database = opening.open_beside(chosen.database_url.get_secret_value(), chosen.key_file, now)
    try:
        found = database.read_now(look)
    finally:
        database.close()
    if wanted.html is not None:
        _write(wanted.html, page.written(found, now))
    if wanted.as_json:
        print(json.dumps(as_json.written(found), ensure_ascii=False))
    elif wanted.html is not None:
        print(f"Written: {wanted.html}")
    else:
        terminal.show(found)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderNotWritableError(path) from error
