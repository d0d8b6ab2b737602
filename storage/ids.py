"""Ids that are made before the row is written, so that words can be bound to their row."""

import secrets
from datetime import datetime
from uuid import UUID

LARGEST = 2**63 - 1
_RANDOM_A, _RANDOM_B = 12, 62


def new() -> int:
    """Draw an id for a row: unguessable, a positive BIGINT, 13 characters in base 36."""
    return secrets.randbelow(LARGEST) + 1


def uuid7(now: datetime) -> str:
    """Draw a UUIDv7 of *now*: sortable by time, as Opik wants its trace ids."""
    milliseconds = int(now.timestamp() * 1000)
    head = milliseconds << 16 | 0x7 << 12 | secrets.randbits(_RANDOM_A)
    return str(UUID(int=head << 64 | 0b10 << 62 | secrets.randbits(_RANDOM_B)))
