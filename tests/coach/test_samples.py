import statistics
from collections import Counter
from math import sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach import samples
from coach.samples import Estimate, Sample, Share, SmallSampleError

STARS = st.lists(st.integers(1, 5), min_size=5, max_size=60)
SCORES = st.lists(st.floats(0, 10), min_size=5, max_size=60)
SHARES = st.integers(5, 500).flatmap(
    lambda n: st.builds(Share, yes=st.integers(0, n), n=st.just(n))
)


@pytest.mark.parametrize("n", range(5))
def test_fewer_than_five_values_have_no_mean_and_no_rate(n: int):
    assert samples.of([5.0] * n).mean() is None
    assert Share(0, n).rate() is None
    with pytest.raises(SmallSampleError):
        Estimate(5.0, n, None)


@given(SCORES)
def test_a_mean_lies_within_its_interval(scores: list[float]):
    mean = samples.of(scores).mean()

    assert mean is not None
    assert mean.value == pytest.approx(statistics.fmean(scores))
    if mean.interval is not None:
        assert mean.interval.low < mean.value < mean.interval.high


@given(STARS)
def test_the_interval_of_a_mean_is_students(stars: list[int]):
    mean = samples.of_counts(Counter(stars)).mean()

    assert mean is not None
    if len(set(stars)) == 1:
        assert mean.interval is None
        return
    assert mean.interval is not None
    error = statistics.stdev(stars) / sqrt(len(stars))
    assert mean.interval.high - mean.value >= 1.96 * error
    assert mean.interval.high - mean.value <= 2.78 * error


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(4, 2.7764), (5, 2.5706), (9, 2.2622), (29, 2.0452), (100, 1.9840), (10_000, 1.9602)],
)
def test_students_quantile_is_that_of_the_tables(freedom: int, quantile: float):
    assert samples._t(freedom) == pytest.approx(quantile, abs=0.001)


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    # Newcombe 1998, table I, method 3
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (29, 29, 0.8830, 1),
    ],
)
def test_the_interval_of_a_rate_is_wilsons(yes: int, n: int, low: float, high: float):
    rate = Share(yes, n).rate()

    assert rate is not None
    assert rate.interval is not None
    assert rate.interval.low == pytest.approx(low, abs=1e-4)
    assert rate.interval.high == pytest.approx(high, abs=1e-4)


@given(SHARES)
def test_a_rate_lies_within_its_interval_and_that_within_0_and_1(share: Share):
    rate = share.rate()

    assert rate is not None
    assert rate.interval is not None
    assert 0 <= rate.interval.low <= rate.value <= rate.interval.high <= 1


def test_the_interval_of_two_rates_is_newcombes():
    # Newcombe 1998, table II, method 10: 56/70 against 48/80
    found = samples.rate_difference(Share(56, 70), Share(48, 80))

    assert found is not None
    assert found.interval is not None
    assert found.value == pytest.approx(0.2)
    assert found.interval.low == pytest.approx(0.0524, abs=1e-4)
    assert found.interval.high == pytest.approx(0.3339, abs=1e-4)
    assert found.is_clear


def test_the_interval_of_two_means_is_welchs():
    one = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]
    other = [
        27.1,
        22.0,
        20.8,
        23.4,
        23.4,
        23.5,
        25.8,
        22.0,
        24.8,
        20.2,
        21.9,
        22.1,
        22.9,
        30.5,
        31.3,
    ]

    found = samples.difference(samples.of(one), samples.of(other))

    assert found is not None
    assert found.interval is not None
    error = sqrt(statistics.variance(one) / 15 + statistics.variance(other) / 15)
    assert found.value == pytest.approx(statistics.fmean(one) - statistics.fmean(other))
    reach = 2.0536 * error  # 27.1 degrees of freedom
    assert found.interval.low == pytest.approx(found.value - reach, abs=0.01)
    assert found.interval.high == pytest.approx(found.value + reach, abs=0.01)
    assert found.is_clear


@given(SCORES, SCORES)
@example([0.0] * 14 + [1e-115], [0.0] * 15)  # whose errors, squared, are nothing at all
def test_turning_a_comparison_round_turns_its_sign(one: list[float], other: list[float]):
    there = samples.difference(samples.of(one), samples.of(other))
    back = samples.difference(samples.of(other), samples.of(one))

    assert there is not None
    assert back is not None
    assert there.value == pytest.approx(-back.value)
    assert there.is_clear == back.is_clear


@given(STARS)
def test_no_change_is_never_a_clear_difference(stars: list[int]):
    sample = samples.of(stars)

    found = samples.difference(sample, sample)

    assert found is not None
    assert not found.is_clear


def test_a_small_sample_is_compared_with_nothing():
    assert samples.difference(samples.of([5.0] * 9), samples.of([1.0] * 4)) is None
    assert samples.rate_difference(Share(9, 9), Share(0, 4)) is None


@given(SCORES, SCORES)
def test_samples_add_up(one: list[float], other: list[float]):
    together, apart = samples.of(one + other), samples.of(one) + samples.of(other)

    assert together.n == apart.n
    assert together.total == pytest.approx(apart.total)
    assert together.squares == pytest.approx(apart.squares)


def test_rounding_is_no_spread():
    mean = samples.of([7.3] * 1000).mean()

    assert mean is not None
    assert mean.interval is None


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10)), min_size=10, max_size=40))
def test_a_correlation_lies_within_its_interval(pairs: list[tuple[int, int]]):
    found = samples.spearman(pairs)

    if found is not None and found.interval is not None:
        assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1


def test_ranks_agree_where_order_agrees():
    rising = samples.spearman([(n, n**3) for n in range(12)])
    falling = samples.spearman([(n, -n) for n in range(12)])

    assert rising is not None
    assert falling is not None
    assert (rising.value, falling.value) == pytest.approx((1, -1))
    assert samples._ranks([3, 1, 3, 2]) == [2.5, 0, 2.5, 1]


def test_few_pairs_or_pairs_that_never_vary_have_no_correlation():
    assert samples.spearman([(n, n) for n in range(9)]) is None
    assert samples.pearson([(5, n) for n in range(20)]) is None


def test_agreement_counts_the_pairs_that_lie_close():
    found = samples.agreement([(7, 8.5), (7, 8.6), (3, 9), (5, 5), (1, 0)], 1.5)

    assert found.close == Share(3, 5)
    assert found.correlation is None


def test_a_histogram_tells_how_many_reach_a_value():
    assert samples.at_least(Counter({1: 2, 4: 3, 5: 5}), 4) == Share(8, 10)
    assert samples.of_counts(Counter({1: 2, 4: 3, 5: 5})) == Sample(10, 39, 175)
