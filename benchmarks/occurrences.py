"""Every time zone's check-ins over 400 days, held against clocks that are read minute by minute.

What runs is `bot.check_ins.occurrences`, as the sweep uses it: from one occurrence to the next,
each named by its local date. What judges it are `benchmarks.clocks`, which share nothing with it.

Not every minute of every day is tried, so that it takes less than three minutes of one core: in
every zone there is, three wall times on each of the days, and around each change of its clocks
every quarter of an hour. Journeys, which change somebody's zone twice, are drawn with a seed.
"""

import platform
import random
import time as stopwatch
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from benchmarks.clocks import DAY, MINUTE, Clock, Reading, showing
from bot.check_ins.occurrences import Occurrence, around, next_due

START = date(2026, 11, 26)
DAYS, JOURNEYS, SEED = 400, 2_000, 20_261_126
LEAPT_A_DATE = date(2011, 6, 1), ("Pacific/Apia", "Pacific/Fakaofo")
"""When two zones crossed the date line, which none does in the years ahead."""

EVERY_DAY = (time(0), time(9), time(19, 30))
QUARTERS = tuple(time(quarter // 4, quarter % 4 * 15) for quarter in range(96))
EIGHTHS = tuple(time(hour, 20) for hour in range(1, 24, 3))
DAILY = frozenset(range(7))
NEAR = 2 * DAY


@dataclass(frozen=True, slots=True)
class Leg:
    """A stay in a zone, up to a moment."""

    zone: str
    start: datetime
    end: datetime


def measure(
    zones: Sequence[str] = (), start: date = START, days: int = DAYS, journeys: int = JOURNEYS
) -> dict[str, Any]:
    """Judge the occurrences of *zones*, of all there are by default, from a date on."""
    chosen = sorted(zones or available_timezones())
    begun = stopwatch.process_time()
    found = Counter[str]()
    for zone in chosen:
        found += _zone(zone, start, days)
    for zone in LEAPT_A_DATE[1]:
        found += _zone(zone, LEAPT_A_DATE[0], days)
    chance = random.Random(SEED)
    for _ in range(journeys):
        found += _journey(chance, chosen, start, days)
    names = (
        "occurrences", "doubled", "missed", "misplaced", "changes", "leapt_over", "shown_twice",
        "journey_occurrences", "journey_doubled", "journey_missed", "journey_misplaced",
        "met_again",
    )  # fmt: skip
    return {
        "what": "occurrences of check-ins against clocks read minute by minute",
        "measured_at": datetime.fromtimestamp(stopwatch.time(), UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "from": start.isoformat(),
        "days": days,
        "zones": len(chosen),
        "journeys": journeys,
        **{name: found[name] for name in names},
        "cpu_s": stopwatch.process_time() - begun,
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    head = "                       tried  occurrences  doubled  missed  misplaced"
    lines = [head]
    for name, tried, prefix in (("zones", "zones", ""), ("journeys", "journeys", "journey_")):
        counts = (measured[f"{prefix}{kind}"] for kind in ("doubled", "missed", "misplaced"))
        doubled, missed, misplaced = counts
        lines.append(
            f"{name:18}{measured[tried]:10,}{measured[f'{prefix}occurrences']:13,}"
            f"{doubled:9}{missed:8}{misplaced:11}"
        )
    lines.append(
        f"{measured['days']} days from {measured['from']};"
        f" clocks set {measured['changes']:,} times:"
        f" {measured['leapt_over']:,} occurrences leapt over and moved,"
        f" {measured['shown_twice']:,} shown twice and taken once;"
        f" {measured['met_again']:,} dates met again by travelling, {measured['cpu_s']:.0f} s"
    )
    return "\n".join(lines)


def _zone(zone: str, start: date, days: int) -> Counter[str]:
    begin = datetime.combine(start, time(), UTC)
    end = begin + days * DAY
    clock = Clock(zone, begin, end)
    found = Counter({"changes": sum(begin <= change < end for change in clock.changes)})
    for at in EVERY_DAY:
        found += _judged(zone, clock, at, begin, end)
    for change in clock.changes:
        for at in QUARTERS:
            found += _judged(zone, clock, at, change - NEAR, change + NEAR)
    return found


def _judged(zone: str, clock: Clock, at: time, start: datetime, end: datetime) -> Counter[str]:
    """Compare what is due with what a clock shows; a date that was leapt over is the next one's."""
    days = ((start - DAY).date() + n * DAY for n in range((end - start).days + 3))
    # Two dates at one instant are one, and it has the name of the later.
    shown = {clock.first(datetime.combine(day, at)): day for day in days}
    expected = {day: moment for moment, day in shown.items() if start < moment <= end}
    walls = [datetime.combine(day, at) for day in expected]
    found = _compared(list(_walk(zone, at, start, end)), expected)
    found["leapt_over"] = sum(wall in clock.leapt for wall in walls)
    found["shown_twice"] = sum(wall in clock.twice for wall in walls)
    return found


def _compared(
    due: list[Occurrence], expected: dict[date, datetime], prefix: str = ""
) -> Counter[str]:
    days = {day for day, _ in due}
    return Counter({
        f"{prefix}occurrences": len(due),
        f"{prefix}doubled": len(due) - len(days),
        f"{prefix}missed": len(expected.keys() - days),
        f"{prefix}misplaced": sum(expected.get(day) != moment for day, moment in due),
    })  # fmt: skip


def _walk(zone: str, at: time, start: datetime, end: datetime) -> Iterator[Occurrence]:
    """Go from one occurrence to the next as the sweep does, each with its local date."""
    due = next_due(at, DAILY, None, zone, start)
    while due is not None and due <= end:
        found, due = around(at, DAILY, None, zone, due)
        if found is not None:
            yield found


def _journey(chance: random.Random, zones: list[str], start: date, days: int) -> Counter[str]:
    """Have somebody go from one zone to another and back, and ask them at eight wall times."""
    home, away = chance.sample(zones, 2)
    begin = datetime.combine(start, time(), UTC) + chance.randrange(days * 24 * 60) * MINUTE
    # Between two minutes, so that it is plain which zone a minute belongs to.
    there = begin + 2 * DAY + timedelta(seconds=30)
    back = there + chance.randrange(60, 2 * 24 * 60) * MINUTE
    end = back + 2 * DAY
    legs = Leg(home, begin, there), Leg(away, there, back), Leg(home, back, end)
    clocks = {zone: showing(zone) for zone in (home, away)}
    read = Reading(
        lambda moment: clocks[away if there < moment <= back else home](moment),
        begin + MINUTE, end, (there, back),
    )  # fmt: skip
    found = Counter[str]()
    for at in EIGHTHS:
        met = [due for leg in legs for due in _walk(leg.zone, at, leg.start, leg.end)]
        asked = [due for n, due in enumerate(met) if due[0] not in {day for day, _ in met[:n]}]
        shown = sorted((*read.instead.items(), *read.first.items()), key=lambda one: one[1])
        expected = {wall.date(): moment for wall, moment in reversed(shown) if wall.time() == at}
        found += _compared(asked, expected, "journey_")
        found["met_again"] += len(met) - len(asked)
    return found
