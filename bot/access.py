"""Who may use this bot: everybody, a list, the owner, and whoever was invited.

Strangers are known by id alone, in memory, and leave nothing behind: no row, no model
call, one reply a day, and ten guesses at a code an hour.
"""

import hmac
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from bot.clock import Clock

CODE_BYTES = 6
TRIES = 10
CODE_LIFE = timedelta(hours=1)
REPLY_EVERY = timedelta(days=1)
STRANGERS_REMEMBERED = 10_000
INVITATION_BYTES = 12
INVITATION_LIFE = timedelta(days=7)
_V = TypeVar("_V")
_CODE = re.compile(r"/start ([A-Za-z0-9_-]{8,64})")


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


class GuestBook(Protocol):
    """Where those who came in by a code are written down."""

    async def keep_owner(self, user_id: int) -> None:
        """Write down who owns the bot."""
        ...

    async def redeem(self, code: str, user_id: int) -> bool:
        """Let somebody in by an invitation's code, if it fits."""
        ...

    async def knows(self, user_id: int) -> bool:
        """Tell whether somebody came in by an invitation and was not erased since."""
        ...


@dataclass(slots=True)
class Access:
    """The list at the door."""

    clock: Clock
    public: bool = False
    allowed: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    owner: int | None = None
    invited: set[int] = field(default_factory=set[int])
    claim: Claim | None = None
    among_others: bool = False  # other processes let people in too: *invited* is not all of them
    _answered: OrderedDict[int, timedelta] = field(default_factory=OrderedDict[int, timedelta])
    _guesses: OrderedDict[int, list[timedelta]] = field(
        default_factory=OrderedDict[int, list[timedelta]]
    )

    def admits(self, user_id: int) -> bool:
        """Tell whether somebody may come in without an invitation."""
        return self.public or user_id in self.allowed or self.is_admin(user_id)

    def is_admin(self, user_id: int) -> bool:
        """Tell whether somebody may invite others: the owner, and those in ADMINS."""
        return user_id in self.administrators()

    def administrators(self) -> frozenset[int]:
        """List those who may invite others."""
        return self.admins if self.owner is None else self.admins | {self.owner}

    def claims(self, user_id: int, text: str) -> bool:
        """Make somebody who knows the code the owner; the code is used up."""
        if self.claim is None or not self.claim.fits(text):
            return False
        self.owner, self.claim = user_id, None
        return True

    def guess(self, stranger: int, text: str) -> str | None:
        """Return the code that *text* tries, and count the try; None without one, or too many."""
        written = _CODE.fullmatch(text.strip())
        if written is None:
            return None
        now = self.clock.elapsed()
        lately = [at for at in self._guesses.get(stranger, ()) if now - at < CODE_LIFE]
        if len(lately) >= TRIES:
            return None
        _remember(self._guesses, stranger, [*lately, now])
        return written[1]

    def owes_reply(self, stranger: int) -> bool:
        """Tell whether a stranger gets today's one reply, and count it as given."""
        now = self.clock.elapsed()
        last = self._answered.get(stranger)
        if last is not None and now - last < REPLY_EVERY:
            return False
        _remember(self._answered, stranger, now)
        return True

    def forget(self, user_id: int) -> None:
        """Know nothing any more of somebody who was erased."""
        self.invited.discard(user_id)
        if self.owner == user_id:
            self.owner = None


def new_code() -> str:
    """Draw an invitation's code; it fits a t.me link."""
    return secrets.token_urlsafe(INVITATION_BYTES)


def link(username: str, code: str) -> str:
    """Write the link that opens the bot and sends the code."""
    return f"https://t.me/{username}?start={code}"


def _remember(known: OrderedDict[int, _V], stranger: int, what: _V) -> None:
    known[stranger] = what
    known.move_to_end(stranger)
    if len(known) > STRANGERS_REMEMBERED:
        known.popitem(last=False)
