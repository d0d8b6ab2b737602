"""Who may use this bot: everybody, a list, or the one owner who knew the claim code.

Strangers are known by id alone, in memory, and leave nothing behind: no row, no model
call, and one reply a day.
"""

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import Clock

CODE_BYTES = 6
TRIES = 10
CODE_LIFE = timedelta(hours=1)
REPLY_EVERY = timedelta(days=1)
STRANGERS_REMEMBERED = 10_000


class Claim:
    """A code that makes whoever sends it the owner: for an hour, for ten tries, once."""

    def __init__(self, clock: Clock) -> None:
        self.code = secrets.token_hex(CODE_BYTES)
        self._clock = clock
        self._until = clock.elapsed() + CODE_LIFE
        self._tries = TRIES

    def fits(self, text: str) -> bool:
        """Tell whether *text* is `/start` with the code; each wrong code costs a try."""
        command, _, code = text.strip().partition(" ")
        if command != "/start" or not code:
            return False
        if self._tries == 0 or self._clock.elapsed() > self._until:
            return False
        self._tries -= 1
        return hmac.compare_digest(code.strip().encode("utf-8", "replace"), self.code.encode())


@dataclass(slots=True)
class Access:
    """The list at the door."""

    clock: Clock
    public: bool = False
    allowed: frozenset[int] = frozenset()
    owner: int | None = None
    claim: Claim | None = None
    _answered: OrderedDict[int, timedelta] = field(default_factory=OrderedDict[int, timedelta])

    def admits(self, user_id: int) -> bool:
        """Tell whether somebody may come in."""
        return self.public or user_id in self.allowed or user_id == self.owner

    def claims(self, user_id: int, text: str) -> bool:
        """Make somebody who knows the code the owner; the code is used up."""
        if self.claim is None or not self.claim.fits(text):
            return False
        self.owner, self.claim = user_id, None
        return True

    def owes_reply(self, stranger: int) -> bool:
        """Tell whether a stranger gets today's one reply, and count it as given."""
        now = self.clock.elapsed()
        last = self._answered.get(stranger)
        if last is not None and now - last < REPLY_EVERY:
            return False
        self._answered[stranger] = now
        self._answered.move_to_end(stranger)
        if len(self._answered) > STRANGERS_REMEMBERED:
            self._answered.popitem(last=False)
        return True
