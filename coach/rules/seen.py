"""What was found in one line of text, with its places."""

from dataclasses import dataclass

from coach.rules.dates import DateAt
from coach.rules.frequency import Frequency
from coach.rules.numbers import Amount
from coach.rules.times import TimeAt


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one line of text, with its places, and the language it was read in."""

    line: str
    dates: tuple[DateAt, ...]
    times: tuple[TimeAt, ...]
    often: Frequency
    amounts: tuple[Amount, ...]
    language: str = "en"

    def undated(self) -> list[Amount]:
        """Return the amounts that are not part of a date: not the 10 of "in 10 weeks"."""
        spans = [(one.start, one.end) for one in self.dates]
        return [one for one in self.amounts if not any(a <= one.start < b for a, b in spans)]
