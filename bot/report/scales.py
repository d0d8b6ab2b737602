"""Scales: which values an aspect can have, and how its answers are summed up."""

from dataclasses import dataclass

YES_NO = (0, 1)
ONE_TO_FIVE = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of an aspect's answers, the lowest first."""

    values: tuple[int, ...]

    @property
    def is_yes_no(self) -> bool:
        """Whether there is a rate to tell instead of a mean."""
        return self.values == YES_NO


def of(kind: str, aspect: str) -> Scale:
    """Return the scale of an aspect of a kind of subject; the whole has stars."""
    yes = aspect in {"usefulness", "helpfulness", "relevance", "actionability"}
    return Scale(YES_NO if yes else ONE_TO_FIVE)
