"""What Prometheus reads, by its own parser; through the whole bot, and figure by figure."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import parser as strict
from prometheus_client.parser import text_string_to_metric_families as parsed

from bot import metrics
from bot.options import WebhookAddress
from bot.tally import Tally
from bot.vitals import Vitals
from coach.llm.breaker import BreakerState
from coach.llm.port import Usage
from coach.llm.scripted import ScriptedModel
from coach.values import MODEL
from storage import vitals as stored
from storage.inbox import Backlog
from storage.ledger import Call
from storage.opik_outbox import Backlog as OpikBacklog
from storage.outbox import Lane
from storage.turns import Outcome
from tests.bot import house
from tests.bot.fakes import NOON
from tests.bot.test_own import be_at_home

MINUTE = timedelta(minutes=1)
LABELS = {"outcome", "step", "mode", "error", "kind", "state", "lane", "queue", "le"}
STORED = stored.Vitals(
    inbox=Backlog(3, NOON - MINUTE),
    outbox={Lane.ANSWERS: Backlog(0, None), Lane.NUDGES: Backlog(7, NOON - 5 * MINUTE)},
    given_up={"inbox": 0, "outbox": 2},
    spent=800_000,
    opik=OpikBacklog(41, NOON - 20 * MINUTE, 4, 5),
)
VITALS = Vitals(NOON, timedelta(seconds=12), BreakerState.PROBING, STORED, 0.8)
Parser = Callable[[str], Iterable[Metric]]
STRICT: Parser = strict.text_string_to_metric_families  # pyright: ignore -- it has no types


@dataclass(frozen=True)
class Scraped:
    """A page as Prometheus understood it."""

    values: dict[tuple[str, frozenset[tuple[str, str]]], float]
    types: dict[str, str]

    def __call__(self, name: str, **labels: str) -> float | None:
        return self.values.get((name, frozenset(labels.items())))


def scraped(page: str) -> Scraped:
    families = list(parsed(page))
    values = {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }
    return Scraped(values, {family.name: family.type for family in families})


def rendered(vitals: Vitals = VITALS, tally: Tally | None = None) -> Scraped:
    page, content_type = metrics.render(vitals, tally or Tally(), "")
    assert content_type.startswith("text/plain")
    return scraped(page.decode())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def seen(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
        session.get(path) as response,
    ):
        return response.status, await response.text()


async def test_what_people_did_is_counted(tmp_path: Path):
    port = free_port()
    async with (
        house.sandbox_only(tmp_path) as rein,
        rein.open(http=("127.0.0.1", port), model=ScriptedModel()),
    ):
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("I feel proud of this week")
        await guest.tap("☆")

        status, page = await seen(port, "/metrics")

    found = scraped(page)
    turns = found("rein_turns_total", outcome="answered")
    assert status == 200
    assert turns is not None
    assert turns >= 10
    assert found("rein_turn_seconds_count") == turns
    assert found("rein_turn_seconds_bucket", le="+Inf") == turns
    assert found("rein_coach_calls_total", step="generate_resolution", mode="model", error="") == 1
    assert found("rein_model_tokens_total", step="generate_resolution", kind="output")
    assert found("rein_ratings_total", kind="reply") == 1
    assert found("rein_database_up") == 1
    assert found("rein_inbox_waiting") == 0
    assert found("rein_breaker", state="closed") == 1
    assert found("process_cpu_seconds_total") is not None
    assert guest.person.first_name not in page
    assert str(guest.person.id) not in page


async def test_health_and_figures_are_there_with_a_webhook_too(tmp_path: Path):
    port = free_port()
    webhook = WebhookAddress(f"http://127.0.0.1:{port}/from-telegram", "a" * 32)
    async with (
        house.sandbox_only(tmp_path) as rein,
        rein.open(http=("127.0.0.1", port), webhook=webhook),
    ):
        health, ready = await seen(port, "/healthz"), await seen(port, "/readyz")
        _, page = await seen(port, "/metrics")

    assert health == (200, '{"polling":true,"database":true,"inbox":true}')
    assert ready == (200, '{"ready":true}')
    assert scraped(page)("rein_database_up") == 1
    assert "rein_poll_silence_seconds" not in page


def test_vitals_become_gauges():
    found = rendered()

    assert found("rein_poll_silence_seconds") == 12
    assert found("rein_inbox_waiting") == 3
    assert found("rein_inbox_oldest_seconds") == 60
    assert found("rein_outbox_waiting", lane="nudges") == 7
    assert found("rein_outbox_oldest_seconds", lane="nudges") == 300
    assert found("rein_outbox_oldest_seconds", lane="answers") == 0
    assert found("rein_dead_letters", queue="outbox") == 2
    assert found("rein_budget_used_ratio") == 0.8
    assert found("rein_breaker", state="probing") == 1
    assert found("rein_breaker", state="closed") == 0
    assert found("rein_opik_waiting") == 41
    assert found("rein_opik_oldest_seconds") == 1200
    assert found("rein_opik_refused") == 4
    assert found("rein_opik_dropped_total") == 5


def test_the_tally_becomes_counters_and_a_histogram():
    tally = Tally()
    call = Call("create_plan", MODEL, "plan/1", timedelta(), usage=Usage(900, 80, 700, 20))
    tally.called([replace(call, micro_usd=1_500), replace(call, error="timeout")])
    tally.failed(Outcome.GIVEN_UP)

    found = rendered(tally=tally)

    assert found("rein_coach_calls_total", step="create_plan", mode="model", error="") == 1
    assert found("rein_coach_calls_total", step="create_plan", mode="model", error="timeout") == 1
    assert found("rein_model_tokens_total", step="create_plan", kind="cached") == 1400
    assert found("rein_model_cost_usd_total", step="create_plan") == 0.0015
    assert found("rein_turns_total", outcome="given_up") == 1
    assert found.types["rein_turn_seconds"] == "histogram"


def test_a_database_that_is_away_is_told_and_the_rest_still_is():
    found = rendered(replace(VITALS, stored=None, day_share=None))

    assert found("rein_database_up") == 0
    assert found("rein_poll_silence_seconds") == 12
    assert found("rein_inbox_waiting") is None


@pytest.mark.parametrize("accept", ["", "application/openmetrics-text; version=1.0.0"])
def test_names_and_labels_follow_the_conventions(accept: str):
    tally = Tally()
    tally.failed(Outcome.FAILED)
    tally.called([Call("create_plan", MODEL, "plan/1", timedelta(), error="timeout")])
    page, _ = metrics.render(VITALS, tally, accept)
    read: Parser = STRICT if accept else parsed

    ours = [family for family in read(page.decode()) if family.name.startswith("rein_")]

    assert len(ours) > 15
    for family in ours:
        assert family.documentation.endswith(".")
        assert family.type in {"counter", "gauge", "histogram"}
        for sample in family.samples:
            assert set(sample.labels) <= LABELS
            assert sample.name.endswith("_total") == (family.type == "counter")
