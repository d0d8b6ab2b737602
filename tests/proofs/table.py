"""The table of proofs: what each says, which tests make it, and how README shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OPENING, CLOSING = "<!-- proofs -->", "<!-- /proofs -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    *finding* is a format string over the figures of the proof's tests, added up over their
    cases, and over `cases`, how many there were.
    """

    proof: str
    tried: str
    finding: str
    tests: str


EXTREMES = {"slowest", "most", "deaths"}
"""Figures of which only the largest tells something."""

ROWS = (
    Row(
        "kills",
        "`kill -9`, at twelve named places and at random, while 20 people talk and are asked",
        "{kills:,.0f} kills, {said:,.0f} messages: {lost:.0f} lost, {disordered:.0f} out of order, "
        "{given_up:.0f} given up; {doubled:.0f} replies doubled, of {in_doubt:.0f} that were on "
        "their way at a kill; {calls:,.0f} calls of the model, {again:,.0f} of them again after a "
        "kill, and {twice:.0f} more than once a kill and question",
        "tests/crash/test_kills.py",
    ),
    Row(
        "nudges",
        "the same kills, each around the time at which check-ins fall due",
        "{due:,.0f} check-ins due, {sent:,.0f} nudges sent: {forgotten:.0f} forgotten, "
        "{doubled:.0f} doubled; {unknown:,.0f} in doubt after a kill and not sent again, "
        "{most:.0f} at most after one",
        "tests/crash/test_kills.py",
    ),
    Row(
        "webhook kills",
        "`kill -9` behind a webhook, mostly between storing an update and answering",
        "{kills:,.0f} kills, {said:,.0f} messages: {lost:.0f} lost; {doubled:.0f} replies doubled, "
        "of {in_doubt:.0f} that were on their way at a kill",
        "tests/crash/test_kills.py",
    ),
    Row(
        "poison",
        "a message that kills the process",
        "given up after {deaths:.0f} deaths, with an apology; {lost:.0f} messages of others lost",
        "tests/crash/test_kills.py",
    ),
    Row(
        "erasures",
        "`kill -9` while somebody is erased",
        "{kills:,.0f} kills, {erased:,.0f} people erased: {left:.0f} with a byte of their key or "
        "id left, {others:.0f} others touched",
        "tests/crash/test_erasures.py",
    ),
    Row(
        "killed starts",
        "`kill -9` of starts that migrate an old database, at each step and at random",
        "{kills:,.0f} kills: {fine:,.0f} next starts fine, {copied:,.0f} with a whole copy from "
        "before the first step, {lost:.0f} of {said:,.0f} messages lost",
        "tests/crash/test_starts.py",
    ),
    Row(
        "redelivery",
        "Telegram brings again what was served, part of it across a restart",
        "{again:,.0f} times: {effects:.0f} second effects",
        "tests/bot/test_redelivery.py",
    ),
    Row(
        "instances",
        "a second `rein run` on the same database",
        "{trials:.0f} times: {told:.0f} left with exit code 3 and a clear line, "
        "{doubled:.0f} of {answers:,.0f} answers doubled",
        "tests/crash/test_instances.py",
    ),
    Row(
        "stops",
        "SIGTERM while something hangs: the model, sending, polling, Opik, the database, a "
        "picture, a webhook's caller, the start, or two of these",
        "{cases:.0f} ways: exit code 0 each time, {slowest:.1f} s at the slowest",
        "tests/crash/test_stops.py",
    ),
    Row(
        "faults",
        "Telegram fails",
        "{kinds:.0f} faults, each a kind at a place, met {met:,.0f} times: {lost:.0f} messages "
        "lost; "
        "{doubled:,.0f} replies doubled, each where Telegram had taken it and its answer was lost",
        "tests/faults/test_telegram.py tests/faults/test_blocked.py",
    ),
    Row(
        "rekey",
        "A change of the master key, killed at each step, on SQLite and PostgreSQL",
        "{cut_off:.0f} kills: {opened:.0f} starts that read everything",
        "tests/storage/test_rekeying.py",
    ),
    Row(
        "erasure",
        "`/delete`, then a look at every backup kept, and a backup from before restored",
        "{copies:.0f} copies: {bytes_left:.0f} traces of the person, {returned:.0f} came back",
        "tests/storage/test_tombstones.py",
    ),
    Row(
        "starts",
        "`rein run` started twice, damaged, locked, on a full disk, with wrong settings or keys …",
        "{states:.0f} states: {as_promised:.0f} with their exit code and one clear line",
        "tests/starts/test_starts.py",
    ),
    Row(
        "canaries",
        "A whole conversation in words that occur nowhere else, then every byte of database, "
        "write-ahead file, backups, logs, traces and dumps",
        "{words:.0f} words, {files:.0f} files, {bytes:,.0f} bytes: {found:.0f} found; after "
        "`/delete` {ids:.0f} ids",
        "tests/canaries/test_canaries.py",
    ),
    Row(
        "occurrences",
        "check-ins in every time zone, and while people travel",
        "{occurrences:,.0f} occurrences, {zones:.0f} zones, {days:.0f} days, clocks set "
        "{changes:,.0f} times, {journeys:,.0f} journeys: {doubled:.0f} doubled, {missed:.0f} "
        "missed, {misplaced:.0f} at another time than a clock read minute by minute shows",
        "tests/bot/check_ins/test_every_zone.py",
    ),
    Row(
        "log canaries",
        "everything people say in the tests, looked for in every line logged at DEBUG",
        "{said:,.0f} texts, {lines:,.0f} lines: {hits:.0f} found",
        "tests/test_listening.py",
    ),
    Row(
        "defects",
        "defects planted in the source, one by one",
        "{planted:.0f} planted, {caught:.0f} seen by the tests that watch over them",
        "tests/defects/test_defects.py",
    ),
    Row(
        "model faults",
        "the model fails",
        "{kinds:.0f} faults, each a kind at a provider, met {met:,.0f} times: {unanswered:.0f} "
        "people unanswered, and never more than 3 calls for a question",
        "tests/faults/test_model.py",
    ),
    Row(
        "model hangs",
        "the model hangs over one person's words",
        "{others:,.0f} messages of others meanwhile: 95 % answered within {p95:.1f} s",
        "tests/faults/test_model.py",
    ),
    Row(
        "database faults",
        "the database is full, locked, restarted or damaged",
        "{met:.0f} times, {said:,.0f} messages: {lost:.0f} lost",
        "tests/faults/test_database.py",
    ),
    Row(
        "downtime",
        "30 hours away",
        "{said:,.0f} messages and {missed:.0f} missed check-ins: {lost:.0f} lost, "
        "{nudges:.0f} people asked afterwards, each once",
        "tests/faults/test_downtime.py",
    ),
    Row(
        "copied",
        "a database moves from SQLite to PostgreSQL and back",
        "{copies:.0f} copies, {rows:,.0f} rows, each table compared by count and by hash",
        "tests/storage/test_copying.py",
    ),
    Row(
        "memory",
        "messages that wait at the start",
        "{waiting:,.0f} messages: {peak:.0f} MB at most",
        "tests/faults/test_memory.py",
    ),
    Row(
        "Opik faults",
        "Opik is down, hangs or refuses",
        "{met:.0f} times: {lost:.0f} messages lost, at most {slower:.0f} ms slower, "
        "left in {left:.1f} s",
        "tests/faults/test_opik.py",
    ),
    Row(
        "load",
        "50 people, 10 messages a second, a model that takes 0.4 s",
        "{said:,.0f} messages: {lost:.0f} lost, half answered in {p50:.1f} s, 95 % in {p95:.1f} s, "
        "99 % in {p99:.1f} s; memory from {warm:.0f} to {end:.0f} MB",
        "tests/faults/test_load.py",
    ),
    Row(
        "texts",
        "hostile texts (Unicode, markup, code, orders to a model, extremes), at eight stages",
        "{texts:,.0f} texts, said {said:,.0f} times: {refused:.0f} answers refused by Telegram's "
        "rules, {dead:.0f} given up, {unanswered:.0f} unanswered",
        "tests/hostile/test_texts.py",
    ),
    Row(
        "taps",
        "taps that are forged, another person's, stale or doubled",
        "{taps:,.0f} taps: {effects:.0f} effects, {unanswered:.0f} without a toast",
        "tests/hostile/test_taps.py",
    ),
    Row(
        "updates",
        "malformed updates, by polling and by webhook",
        "{updates:,.0f} updates: {lost:.0f} of {behind:,.0f} messages behind them lost, "
        "{logged:.0f} words logged",
        "tests/hostile/test_updates.py",
    ),
    Row(
        "outputs",
        "hostile words of a model in each of seven steps, through a Gemini on loopback",
        "{outputs:,.0f} outputs, {asked:,.0f} answers: {shown:.0f} shown",
        "tests/hostile/test_outputs.py",
    ),
    Row(
        "spend",
        "300 messages at once from one person, 50 people at once, and 50 strangers",
        "{messages:,.0f} messages: caps passed {beyond:.0f} times; {strangers:.0f} strangers: "
        "{rows:.0f} rows",
        "tests/hostile/test_spend.py",
    ),
    Row(
        "chaos",
        "everything at once: both APIs fail 1 time in 20, `kill -9`, check-ins fall due",
        "{seconds:.0f} s, {kills:.0f} kills, {said:,.0f} messages: {lost:.0f} lost, "
        "{disordered:.0f} out of order, {doubled:.0f} doubled; {nudges:.0f} questions, "
        "{nudged_twice:.0f} asked twice",
        "tests/faults/test_chaos.py",
    ),
    Row(
        "roles",
        "3 workers, 2 ingress, 2 senders on PostgreSQL; one after the other is killed, at eleven "
        "named places and at random, or it, while people talk and check-ins fall due",
        "{kills:.0f} kills, {placed:.0f} at named places; {said:,.0f} messages: {lost:.0f} lost, "
        "{disordered:.0f} out of order, {doubled:.0f} doubled; {due:,.0f} check-ins due: "
        "{forgotten:.0f} forgotten, {sent:,.0f} nudges sent, {unknown:.0f} unknown, "
        "{nudged_twice:.0f} came twice; all answered within {worker_s:.0f} s of a worker's end, "
        "{sender_s:.1f} s of the sender's, {ingress_s:.1f} s of an ingress', "
        "{database_s:.1f} s of the database's",
        "tests/scale/test_roles.py",
    ),
    Row(
        "cut drafts",
        "a worker is killed while people read its draft",
        "{cuts:.0f} times: {broken:.0f} replies not whole, {left:.0f} drafts left",
        "tests/scale/test_workers.py",
    ),
    Row(
        "shared caps",
        "two worker processes, 40 people at once, one day's cap",
        "{messages:.0f} messages, {calls:.0f} calls of a model, {looks:.0f} looks meanwhile: "
        "passed {beyond:.0f} times",
        "tests/scale/test_workers.py",
    ),
)


def added_up(kept: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Add up the figures of each proof over its cases; of extremes, keep the largest."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in kept:
        figures = sums[one["proof"]]
        figures["cases"] += 1
        for name, figure in one["figures"].items():
            figures[name] = (
                max(figures[name], figure) if name in EXTREMES else figures[name] + figure
            )
    return {proof: dict(figures) for proof, figures in sums.items()}


def written(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Write the table for people: one line a proof that has figures, their form and day."""
    lines = ["| tried | found | form | on | by |", "|---|---|---|---|---|"]
    for row in ROWS:
        if found := figures.get(row.proof):
            finding = row.finding.format_map(found["figures"])
            told = row.tried, finding, found["form"], found["on"], f"`{row.tests}`"
            lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines)


def placed(page: str, table: str) -> str:
    """Put the table between its marks on a page."""
    before, _, rest = page.partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    return f"{before}{OPENING}\n{table}\n{CLOSING}{after}"
