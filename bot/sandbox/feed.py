"""What the page is told: numbered events, kept long enough for a dropped line to resume."""

import secrets
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.sandbox.pulse import Pulse
from bot.sandbox.shapes import Json

KEPT = 512


@dataclass(frozen=True, slots=True)
class Event:
    """Something the page shows. `reload` means: fetch everything anew, then go on from here."""

    key: str
    kind: str
    body: Json


class Feed:
    """A short memory of events and any number of followers.

    Followers keep no queue: each reads from the shared memory at its own pace, and one that
    falls out of it is told to reload.
    """

    def __init__(self) -> None:
        self._epoch = secrets.token_hex(4)  # keys of an earlier run are not ours
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._count = 0
        self._pulse = Pulse()
        self._closed = False

    def publish(self, kind: str, body: Json) -> None:
        """Tell every follower."""
        self._count += 1
        self._events.append(Event(f"{self._epoch}-{self._count}", kind, body))
        self._pulse.ring()

    def close(self) -> None:
        """Let every follower go."""
        self._closed = True
        self._pulse.ring()

    async def follow(self, after: str | None) -> AsyncIterator[Event]:
        """Yield the events after key *after*, then new ones as they come, until closed."""
        seen = self._number(after)
        while not self._closed:
            if seen is None or self._count - seen > len(self._events):
                seen = self._count
                yield Event(f"{self._epoch}-{seen}", "reload", {})
            elif seen < self._count:
                event = self._events[seen - self._count]
                seen += 1
                yield event
            else:
                await self._pulse.wait()

    def _number(self, key: str | None) -> int | None:
        epoch, _, number = (key or "").partition("-")
        known = epoch == self._epoch and number.isdecimal() and int(number) <= self._count
        return int(number) if known else None
