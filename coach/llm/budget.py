"""The port to the budgets: a person's month and everybody's day, in millionths of a dollar.

What a call may cost at most is reserved before it and settled after it, so that no number of
calls at once goes beyond a limit. What is never settled stays reserved for its period.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Mode(StrEnum):
    """Who words the answers of one person just now."""

    MODEL = "model"
    SPARING = "sparing"  # four fifths of their month are spent: judges and weekly wording rest
    SPENT = "spent"  # their month or everybody's day is: the rules answer
    RESTING = "resting"  # the provider fails and is left alone for a moment: the rules answer


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for one attempt, of the month and the day of *at*."""

    key: str
    micro_usd: int
    at: datetime


class Budget(Protocol):
    """Keeps the limits; *key* is a caller's, and an empty one has no month of its own."""

    async def reserve(
        self, key: str, micro_usd: int, *, urgent: bool = False
    ) -> Reservation | None:
        """Set money aside, or None when it would go beyond a limit.

        What is *urgent* may go beyond the person's month, but never beyond the day.
        """
        ...

    async def settle(self, reservation: Reservation, micro_usd: int) -> None:
        """Replace a reservation, once, by what the attempt really cost."""
        ...

    async def mode(self, key: str) -> Mode:
        """Tell how much is left for somebody: MODEL, SPARING or SPENT."""
        ...
