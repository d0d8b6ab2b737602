"""Ids that sort by the time they were drawn at, as turns, traces and spans have them."""

import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_A, _RANDOM_B = 12, 62


def uuid7(now: datetime) -> str:
    """Draw a UUIDv7 of *now*: sortable by time, as Opik wants its ids."""
    milliseconds = int(now.timestamp() * 1000)
    head = milliseconds << 16 | 0x7 << 12 | secrets.randbits(_RANDOM_A)
    return str(UUID(int=head << 64 | 0b10 << 62 | secrets.randbits(_RANDOM_B)))
