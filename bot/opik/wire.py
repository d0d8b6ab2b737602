"""The wire: calls of Opik's own REST client, each in a thread that nobody has to wait for.

The threads are daemons of our own. Python waits at its end for those of its executors, so
a hanging Opik would hold up the program; these are left behind.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from bot.opik import Opik, quiet

if TYPE_CHECKING:
    from httpx import Client, Response
    from opik.rest_api.client import OpikApi

T = TypeVar("T")

CONNECT_S, ANSWER_S = 2, 5
"""Seconds until Opik must have taken a connection, and must have said something."""

ROWS_FAULT = {400, 409, 413, 422}
"""Answers that blame what was sent. All others are about us or Opik, and may pass: a wrong
key or address too, which the operator can put right."""


class OutageError(Exception):
    """Opik could not be told; the same may be sent again later."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(reason)


class RefusedError(Exception):
    """Opik will not take what was sent, now or ever."""


class Wire:
    """The way to one Opik; its client is made, and the package loaded, on first use."""

    def __init__(self, opik: Opik, answer_s: float = ANSWER_S) -> None:
        self.project = opik.project
        self._opik = opik
        self._answer_s = answer_s
        self._http: Client | None = None
        self._api: OpikApi | None = None
        self._loading = threading.Lock()

    async def call(self, work: Callable[["OpikApi"], T]) -> T:
        """Have *work* done with the client; raise OutageError or RefusedError."""
        return await _apart(lambda: self._do(work))

    def close(self) -> None:
        """Cut every connection; calls under way end in nothing."""
        if self._http is not None:
            self._http.close()

    def _do(self, work: Callable[["OpikApi"], T]) -> T:
        try:
            with self._loading:
                api = self._api = self._api or self._load()
            return work(api)
        except (OutageError, RefusedError):
            raise
        except Exception as error:  # whatever happens here must not stop the bot
            raise _translated(error) from None

    def _load(self) -> "OpikApi":
        with quiet.importing():
            from httpx import Client, Timeout
            from opik.rest_api.client import OpikApi
        opik, patience = self._opik, Timeout(self._answer_s, connect=CONNECT_S)
        self._http = Client(timeout=patience, event_hooks={"response": [_of_an_api]})
        return OpikApi(
            base_url=opik.url,
            api_key=opik.api_key.get_secret_value() if opik.api_key else None,
            workspace_name=opik.workspace,
            httpx_client=self._http,
        )


def _of_an_api(response: "Response") -> None:
    """Take no sign-in page for an answer."""
    if "html" in response.headers.get("Content-Type", ""):
        raise OutageError("a web page answered", response.status_code)


def _translated(error: Exception) -> OutageError | RefusedError:
    """Say what an error of the client means; its own text may hold keys or words."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        told = f"HTTP {status}"
        return RefusedError(told) if status in ROWS_FAULT else OutageError(told, status)
    if isinstance(error, ValidationError | TypeError | KeyError):
        return RefusedError("of a wrong form")
    return OutageError(type(error).__name__)


async def _apart(work: Callable[[], T]) -> T:
    """Do *work* in a daemon thread; who stops waiting leaves it behind."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            tell(partial(done.set_exception, error))
        else:
            tell(partial(done.set_result, result))

    threading.Thread(target=run, name="opik", daemon=True).start()
    return await done
