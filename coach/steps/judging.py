"""What the judges share: the shape of a verdict, and what is wrong with one.

A judge sees the text and the anchors of its prompt, nothing else: no history, no scores of ours.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from coach.llm.errors import AgainstRulesError
from coach.steps.step import Shape
from coach.values import Scores

OVERALL = "overall"
_MOST_LETTERS = 100
_BREAKS = re.compile(r"\s*(?:…|\.{3})\s*")  # where a quotation leaves something out


def _cut(said: object) -> object:
    return said[:_MOST_LETTERS] if isinstance(said, str) else said


Short = Annotated[str, BeforeValidator(_cut), Field(max_length=_MOST_LETTERS)]


class Mark(Shape):
    """One dimension: the words that decide it, quoted first, then the points."""

    evidence: Short
    score: Annotated[int, Field(ge=0, le=10)]


class Verdict(Shape):
    """A judge's view of one text; each step adds a mark for each of its dimensions."""

    weakness: Short

    @property
    def marks(self) -> dict[str, Mark]:
        """Return the marks by dimension."""
        return {name: mark for name, mark in self if isinstance(mark, Mark)}

    def scores(self) -> Scores:
        """Return the scores with their evidence; the weakness is the reason of the overall one."""
        values = {name: float(mark.score) for name, mark in self.marks.items()}
        reasons = {name: mark.evidence for name, mark in self.marks.items()}
        overall = round(sum(values.values()) / len(values), 1)
        return Scores(values, overall, {**reasons, OVERALL: self.weakness})


def check(verdict: Verdict, text: str) -> None:
    """Refuse a verdict whose evidence is not in the text: then it judged something else."""
    known = _plain(text)
    for mark in verdict.marks.values():
        if not all(_plain(part) in known for part in _BREAKS.split(mark.evidence)):
            raise AgainstRulesError("evidence")


def _plain(text: str) -> str:
    """Leave only letters and figures, so that case, quotes and spaces make no difference."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
