"""Each benchmark that starts bots or servers runs, on little."""

from typing import Any

import pytest

from benchmarks import (
    commits,
    contenders,
    growth,
    memory,
    streams,
    turns,
    whole_turns,
    workers,
)
from tests.storage import postgres

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


def smaller(patch: pytest.MonkeyPatch, module: Any, **constants: object) -> None:
    for name, value in constants.items():
        patch.setattr(module, name, value)


def test_memory_is_measured_idle_and_after_turns(monkeypatch: pytest.MonkeyPatch):
    smaller(monkeypatch, memory, OTHERS=(0, 500), TURNS=20, ROUNDS=1)

    measured = memory.measure()

    assert set(measured["rows"]) == {"0", "500"}
    assert all(0.5 < ratio < 2 for ratio in measured["ratio"].values())
    assert "500 people beside" in memory.table(measured)


def test_a_whole_turn_is_measured_on_a_database_that_was_filled(monkeypatch: pytest.MonkeyPatch):
    smaller(monkeypatch, growth, SIZES={"people": (20, 40)}, CALLS=2)
    smaller(monkeypatch, whole_turns, BATCHES=2, EACH=3)

    rows = growth.measure()["rows"]["people"]

    for name in ("text turn", "tap turn"):
        assert all(statements > 10 for statements in rows[f"{name}, statements"]["found"])
        assert all(cpu > 0 for cpu in rows[f"{name}, CPU"]["found"])


def test_streams_are_live_while_they_are_measured(monkeypatch: pytest.MonkeyPatch):
    smaller(monkeypatch, streams, STREAMS=(0, 2), ROUNDS=1, SECONDS=4.0)

    rows = streams.measure()["rows"]

    assert rows["0"]["drafts_s"] == 0
    assert rows["2"]["drafts_s"] > 0


def test_both_databases_commit(monkeypatch: pytest.MonkeyPatch):
    smaller(monkeypatch, commits, CHATS=(1, 8), ROUNDS=1, TURNS=16)

    measured = commits.measure()

    assert measured["rows"]["SQLite"]["1"]["turns_a_commit"] == 1
    if postgres.binaries() is None:
        assert commits.NO_SERVER in commits.table(measured)
    else:
        assert measured["rows"]["PostgreSQL"]["1"]["turns_a_commit"] == 1


@pytest.mark.postgres
def test_one_and_two_workers_take_all_turns(monkeypatch: pytest.MonkeyPatch):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server is installed")
    for module in (contenders, turns):
        smaller(monkeypatch, module, PEOPLE=30)
    smaller(monkeypatch, workers, SIZES=(1, 2), ROUNDS=1, EACH=2)

    rows = workers.measure()["rows"]

    assert set(rows) == {"1", "2"}
    assert all(told["answers_s"] > 0 for told in rows.values())


def test_without_a_server_one_line_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)

    assert workers.table(workers.measure()) == commits.NO_SERVER
