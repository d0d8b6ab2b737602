"""The judge's scores of a resolution, from its card alone."""

from coach.steps.judging import Mark, Verdict
from coach.steps.step import Step


class ResolutionVerdict(Verdict):
    """A verdict on a resolution."""

    clarity: Mark
    specificity: Mark
    measurability: Mark
    actionability: Mark


STEP = Step("evaluate_resolution", ResolutionVerdict, 320, temperature=0, judges=True)
