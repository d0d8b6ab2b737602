"""Scales: which values an aspect can have, and how its answers are summed up."""

from dataclasses import dataclass

from bot.journey.aspects import ASPECTS, ONE_TO_FIVE, YES_NO
from bot.journey.events import Rated


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of an aspect's answers, the lowest first."""

    values: tuple[int, ...]

    @property
    def is_yes_no(self) -> bool:
        """Whether there is a rate to tell instead of a mean."""
        return set(self.values) == set(YES_NO)


def of(kind: str, aspect: str) -> Scale:
    """Return the scale of an aspect of a kind of subject; what is not asked, has stars."""
    asked = ASPECTS.get(Rated[kind.upper()], ())
    found = next((one.answers for one in asked if one.name == aspect), ONE_TO_FIVE)
    return Scale(tuple(sorted(found)))
