"""Troubles that come back at each attempt: logged when they begin, then once a minute."""

import logging
from datetime import timedelta

from bot.clock import Clock

SAY_AGAIN_AFTER = timedelta(minutes=1)


class Complaints:
    """Says each trouble by its kind, and how often it came since it was last said.

    Kinds are few and hold no words: a class of errors, or a code of ours.
    """

    def __init__(self, log: logging.Logger, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._said_at: dict[str, timedelta] = {}
        self._unsaid: dict[str, int] = {}

    def about(self, trouble: str, level: int = logging.ERROR) -> None:
        """Say it, unless that was done within the last minute."""
        now, times = self._clock.elapsed(), self._unsaid.get(trouble, 0) + 1
        said_at = self._said_at.get(trouble)
        if said_at is not None and now - said_at < SAY_AGAIN_AFTER:
            self._unsaid[trouble] = times
            return
        self._said_at[trouble] = now
        self._unsaid[trouble] = 0
        self._log.log(level, trouble, extra={"times": times})
