"""Step 8: the weekly review in the model's words; counts and proposal stay ours."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from coach.steps import checks
from coach.steps.step import Shape, Step
from coach.weeks import Review

_FEWEST_WORDS = 3  # of a line: fewer are a fragment, or the name of a value


class Worded(Shape):
    """The three lines of a review."""

    looked_back: Annotated[str, Field(min_length=1, max_length=140)]
    in_the_way: Annotated[str, Field(min_length=1, max_length=110)] | None = None
    proposal: Annotated[str, Field(min_length=1, max_length=140)]


STEP = Step("adapt_week", Worded, most_tokens=220)


def data(rule: Review, proposed: str) -> dict[str, object]:
    """Gather what the model is told: the lines by rules, counts and reason."""
    draft = {
        "looked_back": rule.worked,
        "in_the_way": rule.in_the_way or None,
        "proposal": proposed,
    }
    return {"draft": draft, "done": rule.done, "planned": rule.planned, "small": rule.small}


def weakness(said: Worded, rule: Review, proposed: str, language: str) -> str | None:
    """Name the first thing that is wrong with a wording; None when it may be shown."""
    if (said.in_the_way is None) != (not rule.in_the_way):
        return "in_the_way"
    pairs = (
        (said.looked_back, rule.worked),
        (said.in_the_way, rule.in_the_way),
        (said.proposal, proposed),
    )
    if any(text is not None and len(text.split()) < _FEWEST_WORDS for text, _ in pairs):
        return "fragment"
    counts = f"{rule.done} {rule.planned} {rule.small}"
    found = (
        checks.weakness(text, checks.known(f"{own} {counts}", language), own)
        for text, own in pairs
        if text is not None
    )
    return next((one for one in found if one), None)


def applied(said: Worded, rule: Review, proposed: str) -> Review:
    """Put a wording into the card of the review."""
    new = {rule.worked: said.looked_back, rule.in_the_way: said.in_the_way, proposed: said.proposal}
    lines = tuple(new.get(line) or line for line in rule.lines)
    worked, in_the_way = said.looked_back, said.in_the_way or ""
    return replace(rule, worked=worked, in_the_way=in_the_way, lines=lines)
