"""The tables, by concern; importing this package declares them all."""

from storage.tables import (
    goals,
    lived,
    people,
    record,
    safety,
    spending,
    tracing,
    transport,
    watching,
)
from storage.tables.row import METADATA

__all__ = [
    "METADATA",
    "goals",
    "lived",
    "people",
    "record",
    "safety",
    "spending",
    "tracing",
    "transport",
    "watching",
]
