"""The coach's steps: who answered each, what the model's part of it cost and took."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.report.figures import Figures
from coach.samples import Share
from coach.values import MODEL, RULES
from storage.aggregates.calls import JUDGING, Calls
from storage.aggregates.grouping import Group, Spread


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was asked of a model for it, and how many of its answers came by rules."""

    name: str
    by_rules: Share
    model: Calls
    took: Spread  # the model's calls that went well

    @property
    def is_judging(self) -> bool:
        """Whether it is the judge's, for which no rules stand in."""
        return self.name.startswith(JUDGING)


def told(now: Figures, took: Mapping[Group, Spread]) -> list[Step]:
    """Describe every step that was asked for, in the order of their names."""
    return [
        _step(name, now.calls, took.get((name, MODEL), Spread()))
        for name in sorted({step for step, _ in now.calls})
    ]


def by_rules(steps: list[Step]) -> Share:
    """Tell how many answers of all steps together came by rules, the judge's left out."""
    return sum((step.by_rules for step in steps if not step.is_judging), Share())


def _step(name: str, made: Mapping[Group, Calls], took: Spread) -> Step:
    rules, model = (made.get((name, mode), Calls()) for mode in (RULES, MODEL))
    return Step(name, Share(rules.answered, rules.answered + model.answered), model, took)
