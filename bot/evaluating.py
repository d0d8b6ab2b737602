"""Evaluation with the operator's model, as `rein evaluate` runs it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot import models
from bot.settings import Settings
from coach import evaluation
from coach.coach import Coach
from coach.evaluation import Case
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines


async def evaluate(chosen: Settings, cases: Iterable[Case], *, judged: bool) -> dict[str, Any]:
    """Run the coach over *cases*, with the model of these settings if they name one.

    No budget applies: the operator asked for every call.
    """
    provider = models.provider(chosen)
    if provider is None:
        return await evaluation.evaluate(cases, Coach())
    deadlines = Deadlines(step=timedelta(seconds=chosen.step_deadline_s))
    service = ModelService(provider, deadlines, judge=models.judge(chosen))
    try:
        return await evaluation.evaluate(cases, Coach(service), service, judged=judged)
    finally:
        await service.close()
