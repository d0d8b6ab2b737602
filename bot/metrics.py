"""/metrics: the vitals and the tally, as Prometheus reads them.

Vitals are read when they are asked for, so they survive a restart; the tally only grows, and
begins anew with the process. No label names a person, and each has few values.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.tally import BOUNDS, Tally
from bot.vitals import Vitals
from coach.llm.breaker import BreakerState
from storage import vitals as stored
from storage.inbox import Backlog


class Page(Collector):
    """One answer to one scrape."""

    def __init__(self, vitals: Vitals, tally: Tally) -> None:
        self._vitals = vitals
        self._tally = tally

    def collect(self) -> Iterator[Metric]:
        """Give every figure."""
        yield from _counted(self._tally)
        yield from _state(self._vitals)
        if self._vitals.stored is not None:
            yield from _kept(self._vitals.stored, self._vitals.at)


def render(vitals: Vitals, tally: Tally, accept: str) -> tuple[bytes, str]:
    """Write the page in the format that *accept* asks for; return it with its content type."""
    registry = CollectorRegistry()
    registry.register(Page(vitals, tally))
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


def _counted(tally: Tally) -> Iterator[Metric]:
    yield _counter("rein_turns", "Attempts at a turn.", ["outcome"], _keyed(tally.turns))
    bounds = [*map(str, BOUNDS), "+Inf"]
    buckets = list(zip(bounds, accumulate(tally.sorted), strict=True))
    took = tally.took.total_seconds()
    yield HistogramMetricFamily(
        "rein_turn_seconds", "From a message's arrival to the end of its turn.", buckets, took
    )
    yield _counter(
        "rein_coach_calls",
        "Calls of the coach, by who answered; error is empty where nothing went wrong.",
        ["step", "mode", "error"],
        tally.calls,
    )
    yield _counter(
        "rein_model_tokens",
        "Tokens; those cached are among the prompt's.",
        ["step", "kind"],
        tally.tokens,
    )
    dollars = {key: n / 1_000_000 for key, n in _keyed(tally.micro_usd).items()}
    yield _counter("rein_model_cost_usd", "US dollars.", ["step"], dollars)
    yield _counter("rein_ratings", "Ratings given or changed.", ["kind"], _keyed(tally.ratings))


def _state(vitals: Vitals) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "rein_database_up", "1 while the database can be read.", int(vitals.stored is not None)
    )
    if vitals.silence is not None:
        yield _seconds("rein_poll_silence", "Since Telegram last answered a poll.", vitals.silence)
    if vitals.breaker is not None:
        breaker = GaugeMetricFamily(
            "rein_breaker", "1 for the circuit breaker's present state.", labels=["state"]
        )
        for state in BreakerState:
            breaker.add_metric([state], int(state is vitals.breaker))
        yield breaker
    if vitals.day_share is not None:
        yield GaugeMetricFamily(
            "rein_budget_used_ratio", "Share of DAILY_BUDGET_USD taken today.", vitals.day_share
        )


def _kept(kept: stored.Vitals, now: datetime) -> Iterator[Metric]:
    yield from _backlogs("rein_inbox", "Items of the inbox", "", {"": kept.inbox}, now)
    lanes = {str(lane): backlog for lane, backlog in kept.outbox.items()}
    yield from _backlogs("rein_outbox", "Letters of the outbox", "lane", lanes, now)
    opik = Backlog(kept.opik.waiting, kept.opik.oldest)
    yield from _backlogs("rein_opik", "Records that Opik has not accepted yet", "", {"": opik}, now)
    dead = GaugeMetricFamily(
        "rein_dead_letters", "Given up for a fault within the last hour.", labels=["queue"]
    )
    for queue, n in kept.given_up.items():
        dead.add_metric([queue], n)
    yield dead
    yield GaugeMetricFamily("rein_opik_refused", "Records that Opik refused.", kept.opik.refused)
    yield CounterMetricFamily(
        "rein_opik_dropped", "Records dropped for want of room.", kept.opik.dropped
    )


def _backlogs(
    name: str, what: str, label: str, backlogs: dict[str, Backlog], now: datetime
) -> Iterator[Metric]:
    labels = [label] if label else []
    waiting = GaugeMetricFamily(f"{name}_waiting", f"{what}: how many wait.", labels=labels)
    oldest = GaugeMetricFamily(
        f"{name}_oldest_seconds", f"{what}: how long the oldest has waited.", labels=labels
    )
    for value, backlog in backlogs.items():
        of = [value] if label else []
        waiting.add_metric(of, backlog.waiting)
        age = now - backlog.oldest if backlog.oldest else timedelta()
        oldest.add_metric(of, max(0.0, age.total_seconds()))
    yield waiting
    yield oldest


def _counter(
    name: str, what: str, labels: Sequence[str], counts: Mapping[tuple[str, ...], float]
) -> Metric:
    family = CounterMetricFamily(name, what, labels=labels)
    for key, n in counts.items():
        family.add_metric(key, n)
    return family


def _keyed(counts: Mapping[str, int]) -> dict[tuple[str, ...], float]:
    return {(key,): n for key, n in counts.items()}


def _seconds(name: str, what: str, span: timedelta) -> Metric:
    return GaugeMetricFamily(f"{name}_seconds", what, span.total_seconds())
