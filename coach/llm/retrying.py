"""Whether a failed call is made again, and how long to wait before that."""

from datetime import timedelta

from coach.llm.errors import ModelError, RateLimitedError

MOST_ATTEMPTS = 3
FIRST_PAUSE = timedelta(seconds=0.5)
AN_ANSWER = timedelta(seconds=1)
"""What a model takes at least; a wait that leaves less would be in vain."""


def pause(error: ModelError, attempts: int, left: timedelta, jitter: float) -> timedelta | None:
    """Say how long to wait after so many *attempts*; None when there is to be no other.

    Only what may pass is tried again, and only when the wait fits into the time that is *left*.
    A provider's own wish is never cut short; *jitter*, from 0 to 1, keeps callers apart.
    """
    if not error.passing or attempts >= MOST_ATTEMPTS:
        return None
    asked = error.retry_after if isinstance(error, RateLimitedError) else None
    if asked is not None:
        wait = asked + FIRST_PAUSE * jitter / 2
    else:
        wait = FIRST_PAUSE * 2 ** (attempts - 1) * (1 + jitter) / 2
    return wait if wait + AN_ANSWER <= left else None
