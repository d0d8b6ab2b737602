"""Opik's package, loaded without what it does unasked: error reports, analytics, own logs."""

import logging
import os
from collections.abc import Generator
from contextlib import contextmanager

_UNASKED = {
    "OPIK_SENTRY_ENABLE": "false",
    "OPIK_ANALYTICS_ENABLE": "false",
    "OPIK_CONSOLE_LOGGING_LEVEL": "CRITICAL",
}
"""What the package reads when it is first imported; each overrides the operator's own."""


@contextmanager
def importing() -> Generator[None]:
    """Surround every import of the package, which takes seconds: never on the event loop."""
    os.environ.update(_UNASKED)
    yield
    logger = logging.getLogger("opik")  # which now prints past our redaction
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(logging.WARNING)
