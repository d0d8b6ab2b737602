"""Guardrails: noise hardly ever stops a variant, however often it is looked at; harm does."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import guardrails, samples
from coach.experiments import Guardrails
from coach.guardrails import SHARES, STARS, Cause, Outcome, behind
from coach.samples import Sample

STEP = 10
RAILS = Guardrails()
WELL, BADLY = (0.02, (1, 1, 2, 6, 10)), (0.30, (6, 6, 4, 2, 2))
"""How often a person's turns go wrong, and how often they give one to five stars."""

Kind = tuple[float, tuple[int, ...]]


class Arm:
    """People who come one after another."""

    def __init__(self, kind: Kind, dice: random.Random) -> None:
        self._kind, self._dice = kind, dice
        self.outcome = Outcome()

    def grow(self) -> Outcome:
        wrong, weights = self._kind
        turns = [sum(self._dice.random() < wrong for _ in range(5)) / 5 for _ in range(STEP)]
        stars = self._dice.choices(range(1, 6), weights, k=STEP)
        met = self.outcome
        self.outcome = Outcome(met.wrong + samples.of(turns), met.stars + samples.of(stars))
        return self.outcome


def stopped(variant: Kind, control: Kind, people: int, seed: int) -> tuple[int, Cause] | None:
    """Look again and again until a variant is stopped: with how many people, and why."""
    dice = random.Random(seed)
    one, other = Arm(variant, dice), Arm(control, dice)
    for met in range(STEP, people + 1, STEP):
        if cause := behind(one.grow(), other.grow(), RAILS):
            return met, cause
    return None


def test_a_prompt_that_is_as_good_is_hardly_ever_stopped_by_a_hundred_looks():
    runs = [stopped(WELL, WELL, 1_000, seed) for seed in range(100)]

    assert sum(run is not None for run in runs) <= 1


def test_at_the_very_margin_no_more_than_one_in_twenty_is_stopped():
    worse = (0.07, (1, 1, 2, 6, 10))

    runs = [stopped(worse, WELL, 600, seed) for seed in range(100)]

    assert sum(run is not None for run in runs) <= 5


def test_a_prompt_that_breaks_the_rules_is_stopped_soon():
    runs = [stopped((0.5, WELL[1]), WELL, 200, seed) for seed in range(20)]

    assert all(run is not None and run[1] is Cause.ERRORS for run in runs)
    assert all(run is not None and run[0] <= 60 for run in runs)


def test_a_prompt_that_nobody_likes_is_stopped():
    runs = [stopped((WELL[0], BADLY[1]), WELL, 400, seed) for seed in range(20)]

    assert all(run is not None and run[1] is Cause.STARS for run in runs)


@pytest.mark.parametrize("people", [29, 30])
def test_nothing_is_concluded_about_fewer_than_the_fewest(people: int):
    variant, control = Outcome(samples.of([1.0] * people)), Outcome(samples.of([0.0] * 500))

    assert (behind(variant, control, RAILS) is not None) == (people >= RAILS.fewest)
    assert behind(variant, control, Guardrails(fewest=501)) is None


def test_a_better_prompt_is_never_stopped():
    runs = [stopped(WELL, BADLY, 300, seed) for seed in range(10)]

    assert runs == [None] * 10


def test_a_few_that_are_all_alike_are_not_certain():
    found = guardrails.difference(samples.of([4.0] * 10), samples.of([5.0] * 10), STARS)

    assert found.low < 0 < found.high


@given(st.lists(st.floats(0, 1), min_size=5, max_size=40))
def test_a_variant_does_not_differ_from_itself(shares: list[float]):
    sample = samples.of(shares)

    found = guardrails.compared(sample, sample, SHARES)

    assert found is not None
    assert (found.value, found.is_clear) == (0, False)


def test_more_people_say_it_more_surely_and_a_look_costs_something():
    reach: list[float] = []
    for n in (50, 500, 5_000):
        sample = Sample(n, n * 3.0, n * 10.0)
        found = guardrails.difference(sample, sample, STARS)
        reach.append(found.high)
        usual = samples.difference(sample, sample)
        assert usual is not None
        assert usual.interval is not None
        assert found.high > 1.3 * usual.interval.high

    assert reach == sorted(reach, reverse=True)


def test_a_small_sample_is_compared_with_nothing():
    assert guardrails.compared(samples.of([1.0] * 4), samples.of([1.0] * 50), SHARES) is None
