"""Failures of a provider's HTTP, in our own words.

Texts name a status or an error's type and never what a server wrote: that may quote the
prompt or the key.
"""

import re
from datetime import timedelta
from typing import Any

from coach.llm.errors import ModelError, RateLimitedError, RefusedError, UnavailableError

_SECONDS = re.compile(r"(\d{1,7}(?:\.\d+)?)s?")


def of_status(status: int, retry_after: timedelta | None = None) -> ModelError:
    """Give the error of an HTTP *status* that is not 200."""
    if status == 429:
        return RateLimitedError("HTTP 429", retry_after)
    if status == 408 or status >= 500:
        return UnavailableError(f"HTTP {status}")
    return RefusedError(f"HTTP {status}")


def seconds(text: object) -> timedelta | None:
    """Read "12", as the header Retry-After has it, or "1.5s", as Google's RetryInfo has it."""
    found = _SECONDS.fullmatch(text.strip()) if isinstance(text, str) else None
    return timedelta(seconds=float(found[1])) if found else None


def of_google(error: Any) -> ModelError:
    """Give the error of an exception that either of Google's libraries raised for a status."""
    told: Any = error.details  # the whole body, or its details alone
    if hasattr(told, "get"):
        told = told.get("error", {}).get("details")
    headers: Any = getattr(error.response, "headers", None) or {}
    return of_status(error.code or 0, _retry_info(told) or seconds(headers.get("Retry-After")))


def _retry_info(details: Any) -> timedelta | None:
    delays = (seconds(detail.get("retryDelay")) for detail in details or ())
    return next((delay for delay in delays if delay), None)
