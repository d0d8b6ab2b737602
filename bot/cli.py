"""The command line: `rein` and its commands. Each imports what it needs when it is called."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

PORT = 8765
GATE_MISSED = 1
NOT_HEALTHY = 1

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
    """Talk to Rein on a page of this machine, without a token or a key."""
    from bot import loading

    with _one_line_errors():
        with loading.for_good():
            from bot import demo as demonstration
        demonstration.run(port, database, open_browser=browser)


@app.command()
def run(
    role: Annotated[
        Literal["all", "ingress", "worker", "sender"],
        typer.Option(help="One part of the work, beside other processes on PostgreSQL."),
    ] = "all",
) -> None:
    """Run the bot on Telegram."""
    from bot import loading

    with _one_line_errors():
        with loading.for_good():
            from bot import service
            from bot.roles import Role
        service.run(Role(role))


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
def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A URL as in DATABASE_URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Another, of an empty database.")],
) -> None:
    """Copy everything into an empty database, SQLite or PostgreSQL, while the bot is stopped."""
    from bot import copying, settings

    with _one_line_errors():
        copied = copying.copy(settings.load(), source, target)
        typer.echo(f"Copied and compared: {sum(copied.values())} rows in {len(copied)} tables.")
        typer.echo("Set DATABASE_URL to the copy; it opens with the same MASTER_KEY_FILE.")


@app.command()
def export(
    person: Annotated[str, typer.Argument(help="Their id here, as /export shows it.")],
    folder: Annotated[Path, typer.Option(help="Where the files go.")] = Path(),
) -> None:
    """Write everything kept about a person, and their plan as a calendar, into files."""
    from bot import operating, settings

    with _one_line_errors():
        for path in operating.export(settings.load(), person, folder):
            typer.echo(f"Written: {path}")


@app.command()
def erase(
    person: Annotated[str, typer.Argument(help="Their id here, as `rein export` shows it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person for good, whether or not the bot runs."""
    from bot import operating, settings

    with _one_line_errors():
        if not yes:
            typer.confirm(f"Erase all that is kept about {person}? It can't be undone", abort=True)
        operating.erase(settings.load(), person)
        typer.echo(
            "Erased, in the backups that Rein keeps here too. Copies elsewhere hold it still."
        )


@app.command()
def rekey(
    to: Annotated[
        Path | None, typer.Option(help="Where the new key goes, if not into its place.")
    ] = None,
) -> None:
    """Draw a new master key and wrap every key with it, while the bot is stopped."""
    from bot import rekeying, settings
    from bot.clock import SystemClock

    with _one_line_errors():
        chosen = settings.load()
        url, now = chosen.database_url.get_secret_value(), SystemClock().now()
        typer.echo(rekeying.rekey(url, chosen.key_file, now, to))


@app.command()
def invite(
    uses: Annotated[int, typer.Option(help="How many people it lets in.", min=1, max=1000)] = 1,
) -> None:
    """Let people in by a link, without a restart."""
    from bot import operating, settings
    from bot.access import INVITATION_LIFE

    with _one_line_errors():
        made = operating.invite(settings.load(), uses)
        typer.echo(f"Good for {INVITATION_LIFE.days} days and {uses} people: {made}")


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Look at everything the bot needs; exit 1 if it could not run."""
    import json

    from bot import doctor as checks
    from bot import settings

    with _one_line_errors():
        found = checks.examine(settings.load())
        typer.echo(json.dumps(checks.as_json(found)) if as_json else checks.render(found))
        if not checks.healthy(found):
            raise typer.Exit(NOT_HEALTHY)


@app.command()
def report(
    days: Annotated[int, typer.Option(help="The last days, today's too.", min=1, max=3650)] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write one page to look at or print.")] = None,
    person: Annotated[str | None, typer.Option(help="Only theirs, by their id here.")] = None,
) -> None:
    """Sum up ratings, scores, errors, times and cost; it works beside a running bot."""
    from bot import settings
    from bot.report import command

    with _one_line_errors():
        command.run(settings.load(), command.Wanted(days, person, as_json, html))


@app.command()
def evaluate(  # noqa: PLR0913 - an option each
    dataset: Annotated[
        Path | None,
        typer.Option(
            help="Goals, or phrases for triage, as JSON lines; else Rein's own goals. Where Opik "
            "is configured, they are shown there as they are."
        ),
    ] = None,
    variant: Annotated[
        str, typer.Option(help="Use this variant's prompt, of the file EXPERIMENTS_FILE.")
    ] = "",
    judged: Annotated[bool, typer.Option("--judge", help="Have the model score too.")] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="Compare with this earlier run; exit 1 if it got worse.")
    ] = None,
    save: Annotated[
        bool, typer.Option("--save-baseline", help="Keep this run as --baseline FILE instead.")
    ] = False,
    collect: Annotated[
        Path | None,
        typer.Option(help="Only add low-starred texts of people who agreed, masked, to this file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Score the coach over a set of goals, or triage over phrases; exit 1 below the gate."""
    import asyncio
    import json

    from bot import collecting, evaluating, settings

    with _one_line_errors():
        if collect is not None:
            collected = collecting.collect(settings.load(), collect)
            typer.echo(json.dumps(asdict(collected)) if as_json else f"{collected}: {collect}")
            return
        wanted = evaluating.Wanted(dataset, judged, variant, baseline, save)
        report = asyncio.run(evaluating.evaluate(settings.load(), wanted))
        typer.echo(json.dumps(report.result, ensure_ascii=False) if as_json else report.tables)
        if report.aside:
            typer.echo(report.aside, err=True)
        if not report.ok:
            raise typer.Exit(GATE_MISSED)


@contextmanager
def _one_line_errors() -> Generator[None]:
    """End the program with one clear line and the exit code, if the operator can mend it."""
    try:
        yield
    except typer.Exit:
        raise
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if not isinstance(code, int):  # a fault of ours, not the operator's
            raise
        typer.echo(f"rein: {error}", err=True)
        raise typer.Exit(code) from None


def main() -> None:
    """Run the program."""
    app()
