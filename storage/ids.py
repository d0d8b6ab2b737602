"""Ids that are made before the row is written, so that words can be bound to their row."""

import secrets

LARGEST = 2**63 - 1


def new() -> int:
    """Draw an id for a row: unguessable, a positive BIGINT, 13 characters in base 36."""
    return secrets.randbelow(LARGEST) + 1
