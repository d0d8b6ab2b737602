"""What is in flight: calls that were made and have not returned.

A kill leaves everything in flight in doubt, so replies fly one at a time; another starts
beside one that takes long, lest a single slow call hold everybody up. Nudges in doubt are
never repeated, so more of them may fly.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import timedelta

from bot.delivery.pacing import Limits
from storage.outbox import Kind


@dataclass(frozen=True, slots=True)
class Flight:
    """One call on its way."""

    kind: Kind
    since: timedelta


@dataclass(slots=True)
class Flights:
    """The calls on their way, one a chat."""

    limits: Limits
    _by_chat: dict[int, Flight] = field(default_factory=dict[int, Flight])

    def __len__(self) -> int:
        return len(self._by_chat)

    @property
    def chats(self) -> Set[int]:
        """Name the chats that have a call on its way."""
        return self._by_chat.keys()

    def start(self, chat: int, kind: Kind, now: timedelta) -> None:
        """Note a call that begins."""
        self._by_chat[chat] = Flight(kind, now)

    def land(self, chat: int) -> None:
        """Note that a call has returned."""
        del self._by_chat[chat]

    def room_for_replies(self, now: timedelta) -> int:
        """Count the replies that may start now."""
        free = self.limits.replies_in_flight - len(self._replies())
        if not self.limits.reply_beside_after:
            return free
        return min(free, 1) if self.opens_at(now) is None else 0

    def room_for_nudges(self) -> int:
        """Count the nudges that may start now."""
        return self.limits.nudges_in_flight - len(self._by_chat) + len(self._replies())

    def opens_at(self, now: timedelta) -> timedelta | None:
        """Tell when the youngest reply has flown so long that another may start beside it."""
        youngest = max((reply.since for reply in self._replies()), default=None)
        if youngest is None or youngest + self.limits.reply_beside_after <= now:
            return None
        return youngest + self.limits.reply_beside_after

    def _replies(self) -> list[Flight]:
        return [flight for flight in self._by_chat.values() if flight.kind is not Kind.NUDGE]
