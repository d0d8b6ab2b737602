from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.report import cost as costs
from bot.report import metrics
from bot.report.cost import Cost
from bot.report.figures import Figures
from bot.report.metrics import Metric
from coach.samples import Sample
from storage.aggregates.grouping import Spread
from storage.aggregates.scope import Scope
from storage.aggregates.turns import Tracing
from storage.turns import Outcome
from storage.windows import Window
from tests.bot.report.conftest import MONTH, Town

NOTHING = Figures(
    scope=Scope(MONTH),
    ratings={},
    reasons={},
    scores={},
    outcomes=Counter(),
    failures=Counter(),
    waited=Spread(),
    tracing=Tracing(0, 0, 0),
    active=0,
    newcomers=0,
    calls={},
    errors={},
)
FREE = Cost(MONTH, 0, 0, 30)
NAMES = [
    "resolution_quality",
    "satisfaction",
    "plan_feasibility",
    "error_rate",
    "mean_response",
    "trace_overhead",
    "model_cost",
]


def measured(figures: Figures = NOTHING, cost: Cost = FREE) -> dict[str, Metric]:
    return {one.target.name: one for one in metrics.seven(figures, NOTHING, cost)}


def test_what_was_not_measured_meets_no_target():
    found = measured()

    assert list(found) == NAMES
    assert all((one.n, one.value, one.ok) == (0, None, None) for one in found.values())
    assert all(one.note for one in found.values())


@pytest.mark.parametrize(("stars", "ok"), [({5: 4}, None), ({5: 4, 4: 1}, True), ({4: 5}, False)])
def test_stars_count_from_five_on_and_must_lie_above_the_target(
    stars: dict[int, int], ok: bool | None
):
    found = measured(replace(NOTHING, ratings={("plan", "stars"): Counter(stars)}))

    assert found["satisfaction"].ok is ok


def test_stars_of_all_kinds_are_satisfaction_and_other_aspects_are_not():
    told = {
        ("plan", "stars"): Counter({5: 3}),
        ("reply", "stars"): Counter({4: 3}),
        ("plan", "clarity"): Counter({1: 9}),
    }

    assert measured(replace(NOTHING, ratings=told))["satisfaction"].value == 4.5


def test_only_the_rules_scores_are_resolution_quality():
    told = {
        ("resolution", "overall", "rules"): Sample(5, 40, 320),
        ("resolution", "overall", "judge"): Sample(5, 10, 20),
        ("resolution", "overall", "rules_first"): Sample(5, 5, 5),
        ("plan", "feasibility", "rules"): Sample(5, 35, 245),
    }

    found = measured(replace(NOTHING, scores=told))

    assert (found["resolution_quality"].value, found["resolution_quality"].ok) == (8, True)
    assert (found["plan_feasibility"].value, found["plan_feasibility"].ok) == (7, False)


def test_failed_and_given_up_attempts_are_errors():
    outcomes = Counter({Outcome.ANSWERED: 97, Outcome.FAILED: 2, Outcome.GIVEN_UP: 1})

    found = measured(replace(NOTHING, outcomes=outcomes))["error_rate"]

    assert (found.value, found.n, found.ok) == (0.03, 100, False)


def test_trace_overhead_is_the_share_of_tracing_in_traced_turns():
    found = measured(replace(NOTHING, tracing=Tracing(10, 1_000, 20_000)))["trace_overhead"]
    few = measured(replace(NOTHING, tracing=Tracing(4, 1_000, 20_000)))["trace_overhead"]

    assert (found.value, found.n, found.ok) == (0.02, 10, True)
    assert (few.value, few.n, few.ok) == (None, 4, None)


def test_a_month_that_is_not_over_meets_no_target_of_cost():
    cheap = Cost(MONTH, 30_000, 10, 30)

    assert measured(cost=cheap)["model_cost"].value == 0.003
    assert measured(cost=cheap)["model_cost"].ok is True
    assert measured(cost=replace(cheap, micro_usd=150_000))["model_cost"].ok is False
    assert measured(cost=replace(cheap, covered_days=29))["model_cost"].value == 0.003
    assert measured(cost=replace(cheap, covered_days=29))["model_cost"].ok is None
    assert measured(cost=replace(cheap, people=4))["model_cost"].value is None


def test_cost_is_of_whole_months_with_everybody_counted_in_each(town: Town):
    def of(days: int) -> Cost:
        window = Window(MONTH.end - timedelta(days=days), MONTH.end)
        return town.database.read_now(lambda tx: costs.of(tx, Scope(window)))

    assert of(7) == of(30) == of(59)
    assert of(60).window.days == 60
    assert of(60).people > of(30).people == len(town.people)
    assert (of(30).covered_days, of(60).covered_days) == (30, 45)
