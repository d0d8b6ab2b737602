"""What the tests of several processes share."""

from collections.abc import Generator

import pytest

from tests.storage import postgres
from tests.storage.postgres import Server


@pytest.fixture
def own_server() -> Generator[Server]:
    """Lend a PostgreSQL server that a test may stop and start."""
    with postgres.private() as made:
        if made is None:
            pytest.skip("no PostgreSQL server is installed")
        yield made
