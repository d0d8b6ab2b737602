"""The command line: `rein` and its commands. Each imports what it needs when it is called."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

PORT = 8765
GATE_MISSED = 1

app = typer.Typer(
    help="Rein: a goal coach in Telegram. Goal, resolution, weekly plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat page.", min=0, max=65535)] = PORT,
    database: Annotated[
        str | None, typer.Option(help="Keep what is said there; else it is gone at the end.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Talk to Rein on a page of this machine: no token, no key, nothing leaves it."""
    from bot import demo as demonstration

    with _one_line_errors():
        demonstration.run(port, database, open_browser=browser)


@app.command()
def run() -> None:
    """Run the bot on Telegram."""
    from bot import service

    with _one_line_errors():
        service.run()


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema; a SQLite file is backed up first."""
    from bot import settings
    from bot.clock import SystemClock
    from storage.opening import migrate_only

    with _one_line_errors():
        migrate_only(settings.load().database_url.get_secret_value(), SystemClock().now())
        typer.echo("The database is up to date.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Write a checked copy of the database while the bot goes on running."""
    from bot import settings
    from storage import backup as backups
    from storage import location

    with _one_line_errors():
        backups.save(location.parse(settings.load().database_url.get_secret_value()), file)
        typer.echo(f"Saved to {file}. It opens only with your MASTER_KEY_FILE; keep them apart.")


@app.command()
def evaluate(
    dataset: Annotated[Path, typer.Option(help="Goals, or phrases for triage, as JSON lines.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Score the coach over a set of goals, or triage over phrases; exit 1 below the gate."""
    import json

    from coach import evaluation, phrases
    from coach.coach import Coach

    with _one_line_errors():
        cases = evaluation.read_cases(dataset)
        if phrases.are_phrases(cases):
            result = phrases.evaluate(cases)
            table = phrases.render(result)
        else:
            result = evaluation.evaluate(cases, Coach())
            table = evaluation.render(result)
        typer.echo(json.dumps(result, ensure_ascii=False) if as_json else table)
        if not evaluation.passes(result):
            raise typer.Exit(GATE_MISSED)


@contextmanager
def _one_line_errors() -> Generator[None]:
    """End the program with one clear line and the exit code, if the operator can mend it."""
    try:
        yield
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if not isinstance(code, int):  # a fault of ours, not the operator's
            raise
        typer.echo(f"rein: {error}", err=True)
        raise typer.Exit(code) from None


def main() -> None:
    """Run the program."""
    app()
