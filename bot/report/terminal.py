"""The report in a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.report import sheets
from bot.report.sheet import NOTHING, Sheet
from bot.report.summary import Summary

COLOURS = {"met": "green", "missed": "bold red", "not known": "dim"}


def show(summary: Summary) -> None:
    """Print every sheet, and where the metrics come from."""
    console = Console(highlight=False)
    window, person = summary.scope.window, summary.scope.person
    whose = f"person {person.public_id}, " if person else ""
    told = f"{whose}{window.days} days in UTC: {window.start:%Y-%m-%d} to {window.end:%Y-%m-%d}"
    console.print(Text(f"Rein report, {told} (not included)", style="bold"))
    for sheet in sheets.every(summary):
        console.print()
        _show(sheet, console)
    console.print()
    for metric in summary.metrics:
        console.print(Text(f"{metric.target.label}: {metric.target.source}", style="dim"))


def _show(sheet: Sheet, console: Console) -> None:
    if not sheet.rows:
        console.print(Text(sheet.title, style="bold"))
        console.print(Text(f"{NOTHING}.", style="dim"))
        return
    table = Table(title=Text(sheet.title, style="bold"), title_justify="left", box=None)
    for place, name in enumerate(sheet.head):
        side = "left" if place < sheet.names else "right"
        table.add_column(Text(name), justify=side, overflow="fold")  # no figure is cut
    for row in sheet.rows:
        table.add_row(*(Text(cell, style=COLOURS.get(cell, "")) for cell in row))
    console.print(table)
    if sheet.note:
        console.print(Text(sheet.note, style="dim"))
