"""What tests of tracing share: a recorder, as new for each of them."""

from collections.abc import Generator

import pytest

from tests.opik.recording import Recording, recording


@pytest.fixture(scope="module")
def recorder_process() -> Generator[Recording]:
    with recording() as opik:
        yield opik


@pytest.fixture
def recorder(recorder_process: Recording) -> Recording:
    recorder_process.forget()
    return recorder_process
