"""The report as one HTML page that needs nothing else: no script, no network."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from bot.report import drawings, markup, sheets, wording
from bot.report.markup import e
from bot.report.metrics import Metric
from bot.report.sheets import NOTHING, Sheet
from bot.report.summary import Summary

STYLE = Path(__file__).with_name("page.css")
FEW = (
    "A value stands with the interval in which the true one lies (95 %) and with n, the number "
    "of what it was made from. Fewer than five are too few: they are counted, not averaged."
)


def written(summary: Summary, now: datetime) -> str:
    """Write the page as of *now*."""
    window, person = summary.scope.window, summary.scope.person
    title = "Rein report" if person is None else f"Rein report, person {person.public_id}"
    whole = f"{window.days} days: {window.start:%Y-%m-%d} to {window.end:%Y-%m-%d}, not included"
    head = e(
        "head",
        e("meta", charset="utf-8"),
        e("meta", name="viewport", content="width=device-width, initial-scale=1"),
        e("meta", name="color-scheme", content="light dark"),
        e("title", title),
        e("style", STYLE.read_text(encoding="utf-8")),
    )
    told = e("p", f"{whole} (days in UTC). Written {now:%Y-%m-%d %H:%M} UTC. {FEW}")
    top = e("header", e("h1", title), told)
    body = e("body", top, e("main", *_sections(summary)))
    return markup.page(e("html", head, body, lang="en"))


def _sections(summary: Summary) -> Iterator[Element]:
    yield e("section", e("h2", "Key metrics"), _metrics(summary.metrics))
    yield _section("Trends by week", drawings.weeks(summary))
    yield _section("Days", drawings.days(summary))
    yield _sheet(sheets.ratings(summary), drawings.histograms(summary))
    yield _sheet(sheets.reasons(summary))
    yield _sheet(sheets.waits(summary))
    yield _sheet(sheets.coach_steps(summary), drawings.steps(summary))
    yield _sheet(sheets.errors(summary), drawings.errors(summary))
    yield _sheet(sheets.prompts(summary))
    if (trials := sheets.variants(summary)).rows:
        yield _sheet(trials)
    yield _sheet(sheets.scores(summary))
    yield _sheet(sheets.starred(summary))


def _metrics(metrics: Sequence[Metric]) -> Element:
    head = ("metric and its source", "value (95 %)", "target", "", "n", "trend")
    return _table(head, (_metric(one) for one in metrics), names=1)


def _metric(one: Metric) -> tuple[Element | str, ...]:
    verdict = wording.MET[one.ok]
    return (
        e("div", e("b", one.target.label), e("small", one.target.source)),
        e("div", wording.measured(one), e("small", one.note)),
        wording.target(one),
        e("span", verdict, class_=f"verdict {verdict.replace(' ', '-')}"),
        e("div", f"{one.n:,}", e("small", one.target.counted)),
        wording.trend(one.trend, one.target.unit),
    )


def _sheet(sheet: Sheet, drawn: Sequence[Element] = ()) -> Element:
    if not sheet.rows:
        return _section(sheet.title, ())
    table = _table(sheet.head, sheet.rows, sheet.names)
    note = e("p", sheet.note, class_="note") if sheet.note else None
    return e("section", e("h2", sheet.title), _grid(drawn), table, note)


def _section(title: str, drawn: Sequence[Element]) -> Element:
    return e("section", e("h2", title), _grid(drawn) or e("p", NOTHING, class_="note"))


def _grid(drawn: Sequence[Element]) -> Element | None:
    return e("div", *drawn, class_="charts") if drawn else None


def _table(
    head: Sequence[str],
    rows: Iterator[Sequence[Element | str]] | Sequence[Sequence[str]],
    names: int,
) -> Element:
    def cells(tag: str, row: Sequence[Element | str]) -> Iterator[Element]:
        for place, cell in enumerate(row):
            yield e(tag, cell, class_="name" if place < names else "figure")

    body = (e("tr", *cells("td", row)) for row in rows)
    table = e("table", e("thead", e("tr", *cells("th", head))), e("tbody", *body))
    return e("div", table, class_="scroll")
