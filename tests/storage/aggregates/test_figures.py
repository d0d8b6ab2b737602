"""What the database adds up is what plain Python makes of the same rows."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import literal, select, union_all

from coach.samples import Share
from coach.values import MODEL, RULES
from storage import people
from storage.aggregates import calls, grouping, nudges, ratings, scores, turns
from storage.aggregates.calls import Calls
from storage.aggregates.scope import Scope
from storage.database import Database
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.lived import NUDGE
from storage.tables.record import EVALUATION, MESSAGE, MODEL_CALL, RATING, TURN
from storage.turns import Outcome
from tests.storage.aggregates.conftest import EVERYBODY, WINDOW, Town, nearest_rank, same, settle
from tests.storage.conftest import NOW


def test_ratings(town: Town):
    for scope in (EVERYBODY, Scope(WINDOW, town.people[0])):
        counted: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
        for row in town.rows(RATING, "created_at", scope.person):
            group = (row.object_kind, row.aspect, row.variant, f"{row.created_at:%Y-%m-%d}")
            counted[group][row.value] += 1

        by = (ratings.KIND, ratings.ASPECT, ratings.VARIANT, grouping.DAY)
        assert town.ask(ratings.tally, *by, scope=scope) == counted
        assert counted


def test_reasons(town: Town):
    told = [(row.object_kind, row.reason) for row in town.rows(RATING, "created_at") if row.reason]

    found = town.ask(ratings.reasons)

    assert Counter({(k, r): n for k, c in found.items() for r, n in c.items()}) == Counter(told)
    assert told


def test_scores(town: Town):
    given: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in town.rows(EVALUATION):
        given[row.object_kind, row.dimension, row.source].append(row.score)

    found = town.ask(scores.tally, scores.KIND, scores.DIMENSION, scores.SOURCE)

    assert found.keys() == given.keys()
    assert all(same(found[group], values) for group, values in given.items())


def test_scores_by_prompt(town: Town):
    made = {
        (kind, str(row.goal_id), row.version): (row.prompt_version, row.variant)
        for kind, table in (("resolution", RESOLUTION), ("plan", PLAN))
        for row in town.rows(table, "created_at")
    }
    spoken = {
        row.turn_id: (row.prompt_version, row.variant)
        for row in town.rows(MODEL_CALL)
        if row.step == "coaching_reply" and row.error is None
    }
    given: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in town.rows(EVALUATION):
        if (row.source, row.dimension) == ("rules", "overall"):
            subject = (row.object_kind, row.object_id, row.object_version)
            maker = made[subject] if subject in made else spoken[row.turn_id]
            given[(row.object_kind, *maker)].append(row.score)

    found = town.ask(scores.by_prompt)

    assert found.keys() == given.keys()
    assert all(same(found[group], values) for group, values in given.items())


def test_scores_of_rules_and_judge_in_pairs(town: Town):
    given = {
        (row.object_kind, row.object_id, row.object_version, row.dimension, row.source): row.score
        for row in town.rows(EVALUATION)
    }
    pairs: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for (kind, of, version, dimension, source), score in given.items():
        rules = given.get((kind, of, version, dimension, "rules"))
        if source == "judge" and rules is not None:
            pairs[kind, dimension].append((rules, score))

    found = town.ask(scores.judged)

    assert {group: sorted(told) for group, told in found.items()} == {
        group: sorted(told) for group, told in pairs.items()
    }
    assert pairs


def test_scores_beside_stars(town: Town):
    stars = {
        (row.object_kind, row.object_id, row.object_version): row.value
        for row in town.rows(RATING, "created_at")
        if row.aspect == "stars"
    }
    pairs: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in town.rows(EVALUATION):
        subject = (row.object_kind, row.object_id, row.object_version)
        if row.dimension == "overall" and subject in stars:
            pairs[row.object_kind, row.source].append((row.score, stars[subject]))

    found = town.ask(scores.starred)

    assert {group: sorted(told) for group, told in found.items()} == {
        group: sorted(told) for group, told in pairs.items()
    }


def test_calls(town: Town):
    for scope in (EVERYBODY, Scope(WINDOW, town.people[1])):
        added: dict[tuple[str, ...], Calls] = defaultdict(Calls)
        for row in town.rows(MODEL_CALL, person=scope.person):
            added[row.step, row.mode] += Calls(
                1,
                row.error is not None,
                row.micro_usd,
                row.prompt_tokens,
                row.cached_tokens,
                row.output_tokens + row.thinking_tokens,
            )

        assert town.ask(calls.tally, calls.STEP, calls.MODE, scope=scope) == added


def test_latencies(town: Town):
    took: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in town.rows(MODEL_CALL):
        if row.error is None:
            took[row.step, row.mode].append(row.latency_ms)

    found = town.ask(calls.latencies, calls.STEP, calls.MODE)

    assert found.keys() == took.keys()
    for group, values in took.items():
        assert same(found[group].sample, values)
        assert found[group].p50 == (nearest_rank(values, 50) if len(values) >= 5 else None)
        assert found[group].p95 == (nearest_rank(values, 95) if len(values) >= 20 else None)
    assert any(spread.p95 is not None for spread in found.values())


def test_errors(town: Town):
    failed = Counter((row.step, row.error) for row in town.rows(MODEL_CALL) if row.error)

    found = town.ask(calls.errors)

    assert Counter({(s, e): n for s, c in found.items() for e, n in c.items()}) == failed
    assert town.ask(turns.errors) == Counter(row.error for row in town.rows(TURN) if row.error)


def test_outcomes(town: Town):
    became: dict[tuple[str, ...], Counter[Outcome]] = defaultdict(Counter)
    for row in town.rows(TURN):
        became[(f"{row.at:%Y-%m-%d}",)][Outcome(row.outcome)] += 1

    assert town.ask(turns.outcomes, grouping.DAY) == became


def test_waits(town: Town):
    asked = {row.turn_id for row in town.rows(MODEL_CALL) if row.mode == MODEL}
    first: dict[str, timedelta] = {}
    for row in town.rows(MESSAGE):
        wait = row.sent_at - row.at
        first[row.turn_id] = min(wait, first.get(row.turn_id, wait))
    waited: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for turn_id, wait in first.items():
        mode = MODEL if turn_id in asked else RULES
        waited[(mode,)].append(wait / timedelta(milliseconds=1))

    found = town.ask(turns.waits, turns.MODE)

    assert found.keys() == waited.keys()
    for group, values in waited.items():
        assert same(found[group].sample, values)
        assert found[group].p95 == nearest_rank(values, 95)


def test_nudges_answered_within_a_day(town: Town):
    sent: dict[tuple[str, str], Share] = defaultdict(Share)
    for row in town.rows(NUDGE):
        if row.sent_at is not None:
            took = row.answered_at - row.sent_at if row.answered_at else timedelta.max
            sent[row.kind, row.wording] += Share(int(took <= timedelta(days=1)), 1)

    found = town.ask(nudges.answered)

    assert found == sent
    assert any(0 < one.yes < one.n for one in found.values())


def test_tracing_and_active_people(town: Town):
    traced = [row for row in town.rows(TURN) if row.trace_us is not None]

    found = town.ask(turns.tracing)

    assert found.n == len(traced)
    assert found.turns_ms == sum(row.took_ms for row in traced)
    assert found.traces_us == sum(row.trace_us for row in traced)
    assert town.ask(turns.active) == {(): len({row.person_id for row in town.rows(TURN)})}


QUESTIONS = (
    ratings.tally,
    ratings.reasons,
    scores.tally,
    scores.by_prompt,
    scores.judged,
    scores.starred,
    calls.tally,
    calls.latencies,
    calls.errors,
    turns.outcomes,
    turns.waits,
    nudges.answered,
)


def answers(database: Database) -> list[Any]:
    return database.read_now(lambda tx: [question(tx, EVERYBODY) for question in QUESTIONS])


def test_what_somebody_erased_is_in_no_figure(database: Database):
    town = database.write_now(settle)
    assert all(answers(database))

    for person in town:
        database.write_now(lambda tx, person=person: people.erase(tx, person, NOW))

    assert not any(answers(database))
    assert database.read_now(lambda tx: turns.tracing(tx, EVERYBODY)).n == 0
    assert database.read_now(lambda tx: turns.active(tx, EVERYBODY)) == {(): 0}
    assert database.read_now(turns.since) is None


@pytest.mark.parametrize("n", [4, 5, 19, 20])
def test_percentiles_need_enough_values(n: int, database: Database):
    values = union_all(*(select(literal(value).label("value")) for value in range(1, n + 1)))

    (found,) = database.read_now(
        lambda tx: grouping.spreads(tx, select(values.subquery().c.value)).values()
    )

    assert found.p50 == (None if n < 5 else (n + 1) // 2)
    assert found.p95 == (None if n < 20 else 19)
