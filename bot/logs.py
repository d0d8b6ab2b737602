"""Logs: JSON lines in UTC, or a console to read on a terminal; one record is one line.

Our records and those of libraries leave through one handler, and so through one
`Redaction`.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterable
from typing import TextIO, cast

import structlog
from structlog.dev import ConsoleRenderer
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import BoundLogger, LoggerFactory, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot import redaction

QUIET = (
    "aiohttp.access", "alembic", "apscheduler", "google", "google_genai", "httpcore", "httpx",
    "opik", "sentry_sdk", "telegram", "urllib3",
)  # fmt: skip
"""Libraries that log addresses with the token in them, or people's words, below WARNING."""
_FIRST = ("timestamp", "level", "logger", "event")


def configure(
    *, level: str, log_format: str, secrets: Iterable[str], stream: TextIO | None = None
) -> None:
    """Send every record of this process to *stream*, or else to stderr, redacted."""
    target = sys.stderr if stream is None else stream
    console = log_format == "console" or (log_format == "auto" and target.isatty())
    handler = logging.StreamHandler(target)
    handler.setFormatter(Line(redaction.Redaction(secrets), console=console))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logger = logging.getLogger(name)
        logger.setLevel(max(root.level, logging.WARNING))
        logger.propagate = True  # Google's library cuts itself off when it is imported
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *_named(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=BoundLogger,
        logger_factory=LoggerFactory(),
    )


def catch_crashes() -> None:
    """Log, redacted, what would otherwise be printed by the interpreter as it is."""
    sys.excepthook = lambda _, error, __: _crashed("the program ended by an exception", error)
    threading.excepthook = lambda args: _crashed("a thread ended by an exception", args.exc_value)
    sys.unraisablehook = lambda args: _crashed("an exception nobody could catch", args.exc_value)


def catch_loop_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log, redacted, what the event loop would otherwise print with its values."""
    loop.set_exception_handler(
        lambda _, context: _crashed(context["message"], context.get("exception"))
    )


class Line(ProcessorFormatter):
    """Renders any record as one line; one that cannot be rendered says only whose it was."""

    def __init__(self, redact: redaction.Redaction, *, console: bool) -> None:
        render = ConsoleRenderer(colors=console) if console else JSONRenderer()
        processors: list[Processor] = [
            ProcessorFormatter.remove_processors_meta,
            _exception_without_values,
            self._plain,
            render,
        ]
        foreign = [*_named(), structlog.stdlib.ExtraAdder()]
        super().__init__(foreign_pre_chain=foreign, processors=processors)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Render *record*; never raise, because logging would print the record as it is."""
        try:
            return super().format(record)
        except Exception as error:
            fault = {"event": "a record could not be rendered", "logger": record.name}
            return str(JSONRenderer()(None, "", fault | {"error": type(error).__name__}))

    def _plain(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        first = {key: event.pop(key) for key in _FIRST if key in event}
        return {
            str(key): self._redact.value(value) for key, value in (*first.items(), *event.items())
        }


def _named() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        TimeStamper(fmt="iso", utc=True),
    ]


def _exception_without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event.pop("stack_info", None)
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = cast("tuple[object, BaseException | None, object]", error)[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = redaction.stack(error)
    return event


def _crashed(event: str, error: BaseException | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        logging.getLogger(__name__).critical(event, exc_info=error)
