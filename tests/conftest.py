"""What every test shares: nothing of the machine reaches it, and no words of it reach a log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import setting_sources
from bot.settings import Settings
from tests import databases, listening
from tests.listening import Watch


@pytest.fixture(autouse=True, scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Hide the machine's settings and `.env`; give the path where one may be written."""
    env_file = tmp_path_factory.mktemp("environment") / ".env"
    with pytest.MonkeyPatch.context() as patch:
        for name in map(str.upper, Settings.model_fields):
            patch.delenv(name, raising=False)
            patch.delenv(f"{name}_FILE", raising=False)
        patch.setattr(setting_sources, "ENV_FILE", env_file)
        yield env_file


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Lend a new database of the kind that `databases.on_either` names."""
    with databases.lent(request.param, tmp_path) as url:
        yield url


@pytest.fixture(autouse=True, scope="session")
def watch() -> Iterator[tuple[Watch, logging.Handler]]:
    """Listen to what people say in tests, and to what is logged meanwhile."""
    with listening.watching() as ears:
        yield ears, logging.getLogger().handlers[0]


@pytest.fixture(autouse=True)
def no_words_in_any_log(
    request: pytest.FixtureRequest, watch: tuple[Watch, logging.Handler]
) -> Iterator[None]:
    """Fail the test in which something that was said, or a secret, reached a log."""
    ears, handler = watch
    listening.listen(handler)
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    found = ears.found(folder.rglob("*.log") if folder else iter(()))
    assert not found, f"in a log: {sorted(found)}"
