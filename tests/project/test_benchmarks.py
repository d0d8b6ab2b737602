"""The page of the benchmarks says what their results say, and what they need is as they say."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks import growth, pages, streams
from benchmarks.__main__ import PARTS
from coach.steps import checks
from storage import opening
from storage.tables.people import PERSON
from tests import migrated

MEASURED = 13


def test_every_table_is_written_from_its_results():
    page = pages.PAGE.read_text(encoding="utf-8")

    assert pages.filled(page, PARTS) == page
    assert page.count("```text") >= MEASURED


def test_what_has_no_results_yet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "RESULTS", tmp_path)

    page = pages.filled("<!-- turns -->\nof old\n<!-- end -->", PARTS)

    assert page == "<!-- turns -->\nNot measured yet.\n<!-- end -->"


async def test_a_database_is_filled_with_as_many_people_as_is_said(tmp_path: Path):
    migrated.put(tmp_path / "rein.db")
    url, key = f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key"
    database = opening.open_for_bot(url, key, growth.NOW)
    await growth.fill(database, "people", 50)
    found = await database.read(lambda t: t.run(select(func.count(PERSON.c.id))).scalar_one())
    database.close()

    assert found == 50


def test_a_measured_stream_may_be_shown_whole_and_outlasts_what_is_measured():
    said = streams.BEGINNING + " ".join(streams.REST)

    assert checks.weakness(said, checks.known("", "en")) is None
    assert len(streams.REST) * streams.PACE > streams.SECONDS
