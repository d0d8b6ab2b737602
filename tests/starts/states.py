"""States in which a bot may be started, and what becomes of the start."""

import base64
import secrets
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from storage import backup, engines, location, lock, migrate, opening
from tests import migrated
from tests.bot.fakes import NOON

TOKEN = "7000000001:starting-token-that-opens-nothing"
RUNS = 0
"""The exit code of a start that works, and is asked to stop then."""


@dataclass
class Home:
    """The folder of an installation that has been used, and its settings."""

    folder: Path
    settings: dict[str, str]
    held: list[Callable[[], object]] = field(default_factory=list[Callable[[], object]])

    @property
    def database(self) -> Path:
        return self.folder / "data" / "rein.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def key(self) -> Path:
        return self.folder / "master.key"

    def sql(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as opened:
            opened.execute(statement)
            opened.commit()

    def leave(self) -> None:
        """Let go of what the state held."""
        for release in self.held:
            release()


def furnished(folder: Path, root: str) -> Home:
    """Make the home of a bot that has run before."""
    home = Home(folder, {})
    home.settings |= {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": root,
        "DATABASE_URL": home.url,
        "MASTER_KEY_FILE": str(home.key),
        "HTTP_PORT": "0",
        "LOG_FORMAT": "json",
        "PUBLIC": "true",
        "OPERATOR_CONTACT": "ops@example.org",
    }
    migrated.put(home.database)
    opening.open_for_bot(home.url, home.key, NOON).close()
    return home


def second_instance(home: Home) -> None:
    home.held.append(lock.acquire(location.parse(home.url)).close)


def torn(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:9000])


def garbage(home: Home) -> None:
    home.database.write_bytes(b"no database, whatever its name says" * 400)


def newer_schema(home: Home) -> None:
    home.sql("UPDATE alembic_version SET version_num = '9999'")


def of_another_bot(home: Home) -> None:
    home.sql("UPDATE installation SET bot_id = 42")


def port_in_use(home: Home) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    home.settings["HTTP_PORT"] = str(taken.getsockname()[1])
    home.held.append(taken.close)


def folder_not_writable(home: Home) -> None:
    (home.folder / "file").touch()  # not even root writes into it
    home.settings["DATABASE_URL"] = f"sqlite:///{home.folder}/file/rein.db"


def no_place_for_tombstones(home: Home) -> None:
    home.settings["ERASED_FILE"] = f"{home.database}/erased"


def locked(home: Home) -> None:
    opened = sqlite3.connect(home.database, isolation_level=None)
    opened.execute("BEGIN IMMEDIATE")
    home.held.append(opened.close)


def no_key(home: Home) -> None:
    home.key.unlink()


def another_key(home: Home) -> None:
    home.key.write_bytes(base64.b64encode(secrets.token_bytes(32)))


def empty_key(home: Home) -> None:
    home.key.write_bytes(b"")


def half_a_key(home: Home) -> None:
    home.key.write_bytes(home.key.read_bytes()[:20])


def key_for_all(home: Home) -> None:
    home.key.chmod(0o644)


def nothing_yet(home: Home) -> None:
    shutil.rmtree(home.database.parent)
    home.key.unlink()


def restored(home: Home) -> None:
    copy = home.folder / "copy.db"
    backup.save(location.parse(home.url), copy)
    home.database.with_name("rein.db-wal").unlink(missing_ok=True)
    home.database.with_name("rein.db-shm").unlink(missing_ok=True)
    copy.replace(home.database)


def half_migrated(home: Home) -> None:
    """Leave a database as a migration does that was cut off after one of its steps."""
    engine = engines.writing(location.parse(home.url))
    with engine.connect() as connection:
        migrate.step_to(connection, f"{int(migrate.head()) - 1:04}")
    engine.dispose()


def as_it_was(_: Home) -> None:
    pass


@dataclass(frozen=True)
class State:
    """A state, the exit code of a start in it, and what the start says."""

    prepare: Callable[[Home], None]
    code: int
    says: str

    @property
    def name(self) -> str:
        return self.prepare.__name__.replace("_", " ")


STATES = (
    State(second_instance, 3, "already running"),
    State(torn, 5, "restore a backup"),
    State(garbage, 5, "restore a backup"),
    State(newer_schema, 6, "9999"),
    State(of_another_bot, 7, "belongs to bot 42"),
    State(port_in_use, 8, "HTTP_PORT"),
    State(folder_not_writable, 9, "cannot be written"),
    State(no_place_for_tombstones, 9, "ERASED_FILE"),
    State(locked, 10, "locked"),
    State(no_key, 2, "MASTER_KEY_FILE"),
    State(another_key, 2, "does not open this database"),
    State(empty_key, 2, "MASTER_KEY_FILE"),
    State(half_a_key, 2, "expected 32 bytes"),
    State(as_it_was, RUNS, '"running"'),
    State(key_for_all, RUNS, "others can read the master key file"),
    State(nothing_yet, RUNS, '"running"'),
    State(restored, RUNS, '"running"'),
    State(half_migrated, RUNS, '"running"'),
)

WRONG = (
    ("TELEGRAM_BOT_TOKEN", "12:short"),
    ("TELEGRAM_BOT_TOKEN", ""),
    ("TELEGRAM_API_BASE_URL", "ftp://telegram"),
    ("HTTP_PORT", "eighty"),
    ("HTTP_HOST", "not a host"),
    ("DATABASE_URL", "mysql://localhost/rein"),
    ("LLM_PROVIDER", "gpt"),
    ("GEMINI_API_KEY", "short"),
    ("WEBHOOK_URL", "http://example.org"),
    ("WEBHOOK_SECRET", "short"),
    ("ALLOWED_USERS", "@maria"),
    ("ADMINS", "1.5"),
    ("PUBLIC", "perhaps"),
    ("OPERATOR_CONTACT", ""),
    ("DAILY_BUDGET_USD", "nan"),
    ("BACKUP_KEEP_DAYS", "0"),
    ("TRACE_TEXT", "on"),
    ("LOG_LEVEL", "LOUD"),
    ("EXPERIMENTS_FILE", "/nowhere/trials.toml"),
)
"""One wrong value each: the start names the variable, and calls nobody."""
