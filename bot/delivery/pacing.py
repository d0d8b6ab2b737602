"""How fast we may send: so many a second over all, and to one chat, with a short burst.

Pure arithmetic on a time that never jumps. Each rate keeps one moment: when its next
slot would be due if slots came evenly; a burst may run a little ahead of that. Over all
there is hardly any burst, so that a second never holds more than Telegram takes.
"""

from dataclasses import dataclass, field
from datetime import timedelta

AHEAD_OVER_ALL = timedelta(seconds=0.01)
REFUSED_TOGETHER = timedelta(seconds=1)
CHATS_REFUSED = 3  # so many different chats at once: it is the bot that is too fast, not a chat


@dataclass(frozen=True, slots=True)
class Limits:
    """The sender's settings. What may be in flight bounds what a kill can double or lose."""

    per_second: float = 25.0
    per_chat_second: float = 1.0
    burst: int = 3
    replies_in_flight: int = 4
    reply_beside_after: timedelta = timedelta(seconds=0.1)
    nudges_in_flight: int = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """Evenly spaced slots, which may be taken some time *ahead*."""

    every: timedelta
    ahead: timedelta

    def opens(self, due: timedelta) -> timedelta:
        """Tell from when a slot may be taken, if the next one is *due* then."""
        return due - self.ahead

    def taken(self, due: timedelta, now: timedelta) -> timedelta:
        """Tell when the next one is due after taking one."""
        return max(due, now) + self.every


@dataclass(slots=True)
class Pacing:
    """Who may be sent to now."""

    limits: Limits
    _due: timedelta = timedelta()
    _chats: dict[int, timedelta] = field(default_factory=dict[int, timedelta])
    _paused: dict[int, timedelta] = field(default_factory=dict[int, timedelta])
    _refused: dict[int, timedelta] = field(default_factory=dict[int, timedelta])
    _nudges_from: timedelta = timedelta()

    def slots(self, now: timedelta) -> int:
        """Count what may be sent to all together right now."""
        rate, due, free = self._over_all, self._due, 0
        most = self.limits.replies_in_flight + self.limits.nudges_in_flight
        while free < most and rate.opens(due) <= now:
            due, free = rate.taken(due, now), free + 1
        return free

    def must_wait(self, now: timedelta) -> set[int]:
        """Name the chats that may not be sent to yet, and forget those that were quiet."""
        self._chats = {chat: due for chat, due in self._chats.items() if due > now}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        rate = self._per_chat
        spent = {chat for chat, due in self._chats.items() if rate.opens(due) > now}
        return spent | self._paused.keys()

    def count(self, now: timedelta) -> None:
        """Count a call."""
        self._due = self._over_all.taken(self._due, now)

    def count_message(self, chat: int, now: timedelta) -> None:
        """Count a new message to *chat*; an edit does not use up the chat's own rate."""
        self._chats[chat] = self._per_chat.taken(self._chats.get(chat, now), now)

    def pause(self, chat: int, until: timedelta) -> None:
        """Leave a chat alone until then."""
        self._paused[chat] = until

    def refuse(self, chat: int, now: timedelta, until: timedelta) -> None:
        """Leave a chat alone that was sent to too fast; hold all nudges if many chats were."""
        self.pause(chat, until)
        recent = {one: at for one, at in self._refused.items() if now - at <= REFUSED_TOGETHER}
        self._refused = {**recent, chat: now}
        if len(self._refused) >= CHATS_REFUSED:
            self._nudges_from = max(self._nudges_from, until)

    def nudges_may_go(self, now: timedelta) -> bool:
        """Tell whether nudges may be sent; replies may, whatever this says."""
        return self._nudges_from <= now

    def chats_open_at(self, now: timedelta) -> timedelta | None:
        """Tell when next a chat's own limit ends; None when none holds anything back."""
        ends = [self._per_chat.opens(due) for due in self._chats.values()]
        return min((end for end in (*ends, *self._paused.values()) if end > now), default=None)

    def opens_at(self, now: timedelta) -> timedelta | None:
        """Tell when next a limit over all ends; None when none holds anything back."""
        ends = (self._over_all.opens(self._due), self._nudges_from)
        return min((end for end in ends if end > now), default=None)

    @property
    def _over_all(self) -> Rate:
        return Rate(timedelta(seconds=1 / self.limits.per_second), AHEAD_OVER_ALL)

    @property
    def _per_chat(self) -> Rate:
        every = timedelta(seconds=1 / self.limits.per_chat_second)
        return Rate(every, every * (self.limits.burst - 1))
