"""What tests of tracing share: a recorder, as new for each of them, and a database."""

import importlib
from collections.abc import Generator
from pathlib import Path

import pytest

from bot.opik import quiet
from storage import opening
from storage.database import Database
from tests import migrated
from tests.bot.fakes import NOON
from tests.opik.recording import Recording, recording


@pytest.fixture(scope="module")
def recorder_process() -> Generator[Recording]:
    with recording() as opik:
        yield opik


@pytest.fixture(scope="session")
def opik_package() -> None:
    """Load the package before anything has to wait for it."""
    with quiet.importing():
        importlib.import_module("opik.rest_api.client")


@pytest.fixture
def recorder(recorder_process: Recording) -> Recording:
    recorder_process.forget()
    return recorder_process


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    migrated.put(tmp_path / "rein.db")
    opened = opening.open_for_bot(f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOON)
    yield opened
    opened.close()
