"""A variant in the report: beside its control, with intervals, and small where it is small."""

from datetime import timedelta

import pytest

from bot.report import as_json, sheets, summary
from bot.report.summary import Summary
from storage import experiments, windows
from storage.aggregates.scope import Scope
from storage.database import Database
from storage.people import Person
from tests.bot.fakes import NOON
from tests.bot.test_guarding import enter


async def summed(database: Database, days_later: int = 0, person: Person | None = None) -> Summary:
    window = windows.last(30, NOON + timedelta(days=days_later))
    return await database.read(lambda t: summary.take(t, Scope(window, person)))


async def test_a_variant_stands_beside_its_control(database: Database):
    await enter(database, control=3, garden=27)
    await database.write(lambda t: experiments.stop(t, "warmth", "garden", "errors", NOON))

    found = await summed(database)

    control, garden = as_json.written(found)["variants"]
    assert (control["variant"], control["went_wrong"]["against_control"]) == (
        "warmth/control",
        None,
    )
    assert (garden["people"], garden["turns"], garden["went_wrong"]["n"]) == (30, 30, 30)
    assert garden["went_wrong"]["mean"] == pytest.approx(0.9)
    against = garden["went_wrong"]["against_control"]
    assert against["difference"] == pytest.approx(0.8)
    assert against["interval"][0] < 0.75 < against["interval"][1]
    assert against["clear"]
    assert garden["stopped"] == NOON.isoformat()
    assert garden["stars"]["n"] == 0
    assert garden["stars"]["mean"] is None
    shown = {row[:2]: row[2:] for row in sheets.variants(found).rows}
    assert shown["warmth/garden", "since"][0] == "2026-11-23, stopped 2026-11-23"
    assert shown["warmth/garden", "went wrong"][1].startswith("+80.0% (")


async def test_an_experiment_that_nobody_met_in_the_window_is_left_out(database: Database):
    await enter(database, control=0, garden=0)

    assert len((await summed(database)).trials) == 2
    assert (await summed(database, days_later=60)).trials == []


async def test_few_people_are_said_to_be_few(database: Database):
    await enter(database, people=4, control=0, garden=4)

    found = await summed(database)

    shown = {row[:2]: row[2:] for row in sheets.variants(found).rows}
    assert shown["warmth/garden", "went wrong"] == ("n 4: too few", "–")
