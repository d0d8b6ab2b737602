"""The circuit breaker: a provider that keeps failing is left alone for a while.

Five failures within a minute, with no success between them, open it. Half a minute later one
call may probe: its success closes the breaker, its failure opens it again. It reads no clock.
"""

from collections import deque
from datetime import timedelta
from enum import StrEnum

FAILURES = 5
WINDOW = timedelta(seconds=60)
OPEN_FOR = timedelta(seconds=30)


class BreakerState(StrEnum):
    """How a provider is treated."""

    CLOSED = "closed"  # it is called
    OPEN = "open"  # it is left alone
    PROBING = "probing"  # it failed, and the next call, or one under way, finds out


class Breaker:
    """Whether a provider may be called; *now* is the time since some fixed moment."""

    def __init__(self) -> None:
        self._failures: deque[timedelta] = deque(maxlen=FAILURES)
        self._closes_at: timedelta | None = None  # none: it is closed
        self._probing = False

    def is_open(self, now: timedelta) -> bool:
        """Tell whether a call would be refused."""
        return self._closes_at is not None and (self._probing or now < self._closes_at)

    def state(self, now: timedelta) -> BreakerState:
        """Tell how the provider is treated; only a call that succeeds closes the breaker."""
        if self._closes_at is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if now < self._closes_at else BreakerState.PROBING

    def admit(self, now: timedelta) -> bool:
        """Tell whether a call may be made; a caller that may reports how it went."""
        if self.is_open(now):
            return False
        self._probing = self._closes_at is not None
        return True

    def succeeded(self) -> None:
        """Note a call that was answered."""
        self._failures.clear()
        self._closes_at, self._probing = None, False

    def failed(self, now: timedelta) -> None:
        """Note a call that failed."""
        self._failures.append(now)
        many = len(self._failures) == FAILURES and now - self._failures[0] <= WINDOW
        if many or self._probing:
            self._closes_at, self._probing = now + OPEN_FOR, False

    def given_up(self) -> None:
        """Note a call that was cancelled: it tells nothing, and another may probe."""
        self._probing = False
