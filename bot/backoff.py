"""How long to wait before trying again."""

import random
from dataclasses import dataclass
from datetime import timedelta

_MOST_DOUBLINGS = 16
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from *first* to *longest*, each up to a quarter shorter by chance."""

    first: timedelta
    longest: timedelta

    def after(self, failures: int) -> timedelta:
        """Return the wait after so many earlier *failures*."""
        wait = min(self.first * 2 ** min(failures, _MOST_DOUBLINGS), self.longest)
        return wait * (1 - _JITTER * random.random())
