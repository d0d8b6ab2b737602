"""What every test shares: nothing of the machine it runs on reaches it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import setting_sources
from bot.settings import Settings


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
