"""The judge's scores of a plan, from its card alone."""

from coach.steps.judging import Mark, Verdict
from coach.steps.step import Step


class PlanVerdict(Verdict):
    """A verdict on a plan."""

    coherence: Mark
    feasibility: Mark
    progressiveness: Mark


STEP = Step("evaluate_plan", PlanVerdict, 260, temperature=0, judges=True)
