"""The report as one HTML page that needs nothing else: no script, no network."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from bot.report import drawings, markup, outcomes, sheets, wording
from bot.report.markup import e
from bot.report.metrics import Metric
from bot.report.sheet import NOTHING, Sheet
from bot.report.summary import Summary

METRICS = ("metric and its source", "value (95 %)", "target", "", "n", "trend")
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
    """Give the sections that have something, and name those that have nothing."""
    metrics = _table(METRICS, map(_metric, summary.metrics), names=1)
    yield e("section", e("h2", "Key metrics"), metrics, class_="metrics")
    empty: list[str] = []
    for sheet, drawn in _parts(summary):
        if sheet.rows or drawn:
            yield _section(sheet, drawn)
        else:
            empty.append(sheet.title)
    if empty:
        yield e("section", e("h2", NOTHING), e("p", ", ".join(empty), class_="note"))


def _parts(summary: Summary) -> Iterator[tuple[Sheet, Sequence[Element]]]:
    yield Sheet("Trends by week", (), [], sheets.WEEKS), drawings.weeks(summary)
    yield Sheet("Days", (), [], sheets.DAYS), drawings.days(summary)
    yield outcomes.sheet(summary), ()
    yield sheets.ratings(summary), drawings.histograms(summary)
    yield sheets.reasons(summary), ()
    yield sheets.waits(summary), ()
    yield sheets.nudges(summary), ()
    yield sheets.coach_steps(summary), drawings.steps(summary)
    yield sheets.errors(summary), drawings.errors(summary)
    yield sheets.prompts(summary), ()
    yield sheets.variants(summary), ()
    yield sheets.scores(summary), ()
    yield sheets.starred(summary), ()


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


def _section(sheet: Sheet, drawn: Sequence[Element]) -> Element:
    charts = e("div", *drawn, class_="charts") if drawn else None
    table = _table(sheet.head, sheet.rows, sheet.names) if sheet.rows else None
    note = e("p", sheet.note, class_="note") if sheet.note else None
    return e("section", e("h2", sheet.title), charts, table, note)


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
