"""Ids that sort by the time they were drawn at, as turns, traces and spans have them."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_A, _RANDOM_B = 12, 62
_RANDOM = _RANDOM_A + _RANDOM_B


def uuid7(now: datetime) -> str:
    """Draw a UUIDv7 of *now*: sortable by time, as Opik wants its ids."""
    drawn = secrets.randbits(_RANDOM)  # at once: each draw asks the system
    return _of(now, drawn >> _RANDOM_B, drawn % 2**_RANDOM_B)


def uuid7_named(now: datetime, name: str) -> str:
    """Make the one UUIDv7 of *now* that stands for *name*: the same whenever it is asked for."""
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest())
    return _of(now, digest % 2**_RANDOM_A, (digest >> _RANDOM_A) % 2**_RANDOM_B)


def _of(now: datetime, a: int, b: int) -> str:
    milliseconds = int(now.timestamp() * 1000)
    return str(UUID(int=(milliseconds << 16 | 0x7 << 12 | a) << 64 | 0b10 << 62 | b))
