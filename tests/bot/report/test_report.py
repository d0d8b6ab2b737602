import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from bot import cli
from bot.report import as_json, charts, markup, page, scales, sheets
from bot.report.charts import Axis, Point
from bot.report.markup import e
from coach.samples import Share
from storage import ratings
from storage.aggregates.scope import Scope
from storage.tables.record import RATING
from storage.transaction import Transaction
from tests.bot.report.conftest import Town
from tests.bot.report.test_metrics import NAMES
from tests.storage.conftest import NOW

Run = Callable[..., Result]


@pytest.fixture
def report(town: Town, empty: Town, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*options: str, of: Town = town) -> Result:
        monkeypatch.setenv("DATABASE_URL", of.settings.database_url.get_secret_value())
        monkeypatch.setenv("MASTER_KEY_FILE", str(of.settings.key_file))
        monkeypatch.setenv("COLUMNS", "120")
        return CliRunner().invoke(cli.app, ["report", *options])

    return run


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_json_has_the_window_and_the_seven_metrics(report: Run):
    found = told(report("--days", "14", "--json"))

    assert set(found["window"]) == {"from", "to", "days"}
    assert found["window"]["days"] == 14
    assert [one["name"] for one in found["metrics"]] == NAMES
    for one in found["metrics"]:
        assert {"name", "value", "target", "n", "source", "ok"} <= set(one)
        assert isinstance(one["target"], int | float)
        assert one["ok"] in {True, False, None}
        assert one["ok"] is None or one["n"] >= 5


def test_an_empty_database_passes_nothing(report: Run, empty: Town):
    found = told(report("--json", of=empty))

    assert [(one["value"], one["n"], one["ok"]) for one in found["metrics"]] == [
        (None, 0, None)
    ] * 7
    assert found["ratings"] == found["prompts"] == found["errors"] == []
    assert "Nothing in this window" in report(of=empty).output


def averages(node: Any) -> Iterator[dict[str, Any]]:
    """Find everything in the JSON that has a mean, or might have."""
    if isinstance(node, list):
        for one in cast("list[Any]", node):
            yield from averages(one)
    elif isinstance(node, dict):
        found = cast("dict[str, Any]", node)
        if "mean" in found:
            yield found
        yield from averages(list(found.values()))


def test_small_samples_have_no_mean_anywhere(town: Town):
    found = list(averages(as_json.written(town.summary())))

    small = [one for one in found if one["n"] < 5]
    assert 0 < len(small) < len(found)
    assert all(one["mean"] is None and one["small"] for one in small)
    assert all(one["mean"] is not None for one in found if one["n"] >= 5)


def test_what_was_answered_by_yes_or_no_has_a_rate_and_no_mean(town: Town):
    told = {(one["kind"], one["aspect"]): one for one in as_json.written(town.summary())["ratings"]}

    helpful, stars = told["reply", "helpfulness"], told["reply", "stars"]
    assert list(helpful["histogram"]) == ["0", "1"]
    assert helpful["yes_rate"]["value"] == pytest.approx(
        helpful["histogram"]["1"] / helpful["n"], abs=1e-6
    )
    assert "mean" not in helpful
    assert "yes_rate" not in stars


@pytest.mark.parametrize(
    ("kind", "aspect", "values"),
    [
        ("resolution", "clarity", (0, 1)),
        ("plan", "clarity", (1, 2, 3, 4, 5)),
        ("progress", "percent", (25, 50, 75)),
        ("session", "stars", (1, 2, 3, 4, 5)),
    ],
)
def test_an_aspect_has_the_scale_of_its_kind(kind: str, aspect: str, values: tuple[int, ...]):
    assert scales.of(kind, aspect).values == values


def test_what_the_json_says_of_stars_is_what_was_given(town: Town):
    summary = town.summary()

    given_stars = {
        one["kind"]: one["histogram"]
        for one in as_json.written(summary)["ratings"]
        if one["aspect"] == "stars"
    }

    counted = town.database.read_now(lambda tx: ratings_by_kind(tx, summary.scope))
    assert given_stars == counted


def ratings_by_kind(transaction: Transaction, scope: Scope) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in transaction.run(RATING.select()):
        if row.aspect == ratings.STARS and scope.window.start <= row.created_at < scope.window.end:
            counts = found.setdefault(row.object_kind, {str(n): 0 for n in range(1, 6)})
            counts[str(row.value)] += 1
    return found


def test_one_persons_report_is_of_their_rows_alone(town: Town, report: Run):
    person = town.people[0]

    found = told(report("--person", person.public_id, "--json"))

    everybody = told(report("--json"))
    assert found["person"] == person.public_id
    assert found["people"]["active"] == 1
    assert 0 < found["turns"]["answered"] < everybody["turns"]["answered"]


def test_an_unknown_person_is_one_line_and_exit_2(report: Run):
    result = report("--person", "0" * 32, "--json")

    assert result.exit_code == 2
    assert result.stderr == f"rein: nobody here has the id {'0' * 32}\n"
    assert result.stdout == ""


def test_the_terminal_shows_every_metric_with_its_target(report: Run):
    result = report()

    assert result.exit_code == 0
    assert all(part in result.output for part in ("Satisfaction", "> 4 of 5", "Variants on trial"))
    assert "too few" in result.output


def test_nudges_are_told_by_kind_and_wording_with_their_n(report: Run, town: Town, tmp_path: Path):
    summary = town.summary()
    found, sheet = as_json.written(summary)["nudges"], sheets.nudges(summary)
    file = tmp_path / "report.html"
    report("--html", str(file))

    assert {one["kind"] for one in found} == {"session", "review"}
    for one in found:
        answered = one["answered_in_a_day"]
        assert 0 <= answered["yes"] <= answered["n"]
        row = next(r for r in sheet.rows if r[:2] == (one["kind"], one["wording"]))
        assert row[2] == str(answered["n"])
        assert ("too few" in row[3]) == (answered["n"] < 5)
    assert [row[1] for row in sheet.rows].count("all") == 2
    for shown in (report().output, file.read_text(encoding="utf-8")):
        assert "answered in a day" in shown
        assert "session.3" in shown


def test_how_sessions_went_is_told_by_state_with_its_n(report: Run, town: Town, tmp_path: Path):
    summary, file = town.summary(), tmp_path / "report.html"
    asked, states = as_json.written(summary), summary.outcomes
    report("--html", str(file))

    found = asked["outcomes"]
    assert set(found["told"]) == {"done", "small", "partly", "missed", "skipped"}
    assert {one["n"] for one in found["told"].values()} == {states.total()}
    assert sum(one["yes"] for one in found["told"].values()) == states.total() > 100
    assert {name: one["yes"] for name, one in found["told"].items() if one["yes"]} == states
    sessions = [one["answered_in_a_day"] for one in asked["nudges"] if one["kind"] == "session"]
    silent = found["questions_not_answered"]
    assert silent["n"] == sum(one["n"] for one in sessions)
    assert silent["n"] - silent["yes"] == sum(one["yes"] for one in sessions)
    for shown in (report().output, file.read_text(encoding="utf-8")):
        assert "How sessions went" in shown
        assert "questions not answered in a day" in shown


class Reading(HTMLParser):
    """Collects the elements of a page, what they ask for, and what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str | None] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [value for name, value in attrs if name in {"src", "href", "srcset"}]

    def handle_data(self, data: str) -> None:
        self.said += data.strip("\n")


def test_the_page_needs_nothing_else(report: Run, tmp_path: Path):
    file = tmp_path / "report.html"

    result = report("--html", str(file))

    assert result.stdout.strip() == f"Written: {file}"
    reading = Reading()
    reading.feed(file.read_text(encoding="utf-8"))
    assert reading.asked == []
    assert not {"script", "link", "img", "iframe"} & set(reading.tags)
    assert "svg" in reading.tags
    assert not re.search(r"url\(|@import|https?://", file.read_text(encoding="utf-8"))


def test_a_page_that_cannot_be_written_is_one_line(report: Run, tmp_path: Path):
    result = report("--html", str(tmp_path / "nowhere" / "report.html"))

    assert result.exit_code == 9
    assert result.stderr.startswith("rein: ")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_nothing_that_stands_in_the_page_can_be_markup(text: str):
    reading = Reading()

    reading.feed(markup.page(e("p", text, href=text)))
    reading.close()

    assert reading.tags == ["p"]
    assert reading.asked == [text]
    assert reading.said == text


def test_names_from_the_database_are_escaped_in_the_page(town: Town):
    summary = town.summary()
    hostile = "<script>alert('x')</script>"
    renamed = replace(summary.prompts[0], version=hostile, variant=hostile)

    written = page.written(replace(summary, prompts=[renamed]), NOW)

    assert hostile not in written
    assert "&lt;script&gt;" in written


def test_a_long_course_is_drawn_without_figures_that_would_not_fit():
    axis = Axis(1, 5, 4, str)
    short, long = (
        charts.course("stars", [Point("11-23", Share(9, 10).rate(), 10)] * n, axis)
        for n in (charts.FIGURES, charts.FIGURES + 1)
    )

    assert "n 10" in [text.text for text in short.iter("text")]
    assert "n 10" not in [text.text for text in long.iter("text")]
    assert len(list(long.iter("circle"))) == charts.FIGURES + 1
