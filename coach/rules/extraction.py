"""Read everything a goal text says: numbers, dates, times, how often, when, why."""

import re
from dataclasses import replace
from datetime import date, datetime, time

from coach.rules import (
    behaviour,
    date_words,
    dates,
    day_parts,
    domains,
    frequency,
    goal_types,
    languages,
    lexicon,
    normalise,
    numbers,
    phrasing,
    roles,
    safety,
    spelling,
    splices,
    splitting,
    times,
)
from coach.rules.dates import DateAt
from coach.rules.one_reading import once
from coach.rules.seen import Seen
from coach.values import Domain, GoalType, GoalUnderstanding, Mode, Quantity

_CLEAR_SCORE = 2
_MONEY = ("saving", "debt")
_SUB_HOURS = re.compile(r"\bsub[ -]?(\d)(?::(\d\d))?\b", re.IGNORECASE)


@once
def look(text: str, today: date, language: str = "en") -> Seen:
    """Find dates first, then times, then frequency, then amounts: each hides its own digits."""
    line = spelling.tidy(normalise.one_line(splitting.unlisted(text)), language)
    found_dates = dates.find(line, today, language)
    undated = _masked(line, [(one.start, one.end) for one in found_dates if one.numeric])
    found_times = times.find(undated, language)
    untimed = _masked(undated, [(one.start, one.end) for one in found_times])
    dateless = _masked(undated, [(one.start, one.end) for one in found_dates])
    story = behaviour.core(line, language)[0]  # how often the wish is for, not the story before it
    wished = frequency.find(_masked(dateless, [(0, story)]), language)
    often = wished if wished.per_week else frequency.find(dateless, language)
    counted = [
        span
        for span in often.spans
        if often.counts and re.search(r"\d|^[^\W\d_]+ ", line[span[0] : span[1]])
    ]
    money = lexicon.wording("extraction", "money_words", language).search(line) is not None
    amounts = numbers.find(_masked(untimed, counted), money, language)
    return Seen(line, found_dates, found_times, often, amounts, language)


def understand(text: str, now: datetime, language: str = "en") -> GoalUnderstanding:
    """Return what *text* says as a goal; nothing is assumed."""
    seen = look(text, now.date(), language)
    line = seen.line
    core = behaviour.core(line, language)
    frequent = seen.often.per_week is not None or any(
        one.rate not in (None, "year") for one in seen.amounts
    )
    goal_type = _type(seen, line[slice(*core)], frequent)
    plain = line[slice(*core)]
    for aside in ("cues", "instead", "rivals"):
        plain = lexicon.pattern(f"{language}/roles", aside).sub(" ", plain)
    domain, activity = _place(line, plain, goal_type, language)
    found = _facts(seen, goal_type, activity)
    said = phrasing.phrase(seen, goal_type, activity) if languages.is_in(line, language) else ""
    cue = cue_in(line, language) if goal_type is not GoalType.QUIT else None
    return replace(
        found,
        text=text,
        at=found.at or (None if cue else _part_of_day(line, found, goal_type, activity)),
        domain=domain,
        goal_type=goal_type or (None if said else GoalType.HABIT),
        activity=activity,
        behaviour=said,
        caution=safety.note(text),
        cue=cue,
        triggers=triggers_in(line, language) if goal_type is GoalType.QUIT else None,
        mode=_mode(line, found, language) if goal_type is GoalType.QUIT else None,
        why=_first(line, "why", language),
    )


def _type(seen: Seen, core: str, frequent: bool) -> GoalType | None:
    """Return the type of the goal itself, or of all that was said."""
    line, language, dated = seen.line, seen.language, bool(seen.dates)
    own = goal_types.best(behaviour.lead_off(core, language), frequent, dated, language)
    found = own or goal_types.best(line, frequent, dated, language)
    once = dated and not frequent and lexicon.pattern(f"{language}/roles", "by_a_day").search(line)
    if once and found in (None, GoalType.HABIT):  # something done once, not a habit
        physical = domains.activity(line, language=language) in domains.PHYSICAL
        made = goal_types.makes_something(line, language) and not physical
        return GoalType.PROJECT if made else GoalType.OUTCOME
    return found


def weekdays_in(text: str, language: str = "en") -> tuple[int, ...]:
    """Return the days of the week that are named."""
    return frequency.days_named(text, language)


def cue_in(line: str, language: str = "en") -> str | None:
    """Return the moment of the day that is named: "before work"."""
    return _first(line, "cues", language)


def why_of(line: str, language: str = "en") -> str | None:
    """Return the reason that a whole line gives: "so I can chat with Marta"."""
    match = lexicon.pattern(f"{language}/roles", "why").match(line)
    return f"{line[0].lower()}{line[1:]}" if match and match.end() == len(line) else None


def triggers_in(line: str, language: str = "en") -> str | None:
    """Return when it happens, for something somebody wants to leave."""
    return _first(line, "triggers", language)


def mode_in(line: str, language: str = "en") -> Mode | None:
    """Return how somebody leaves something, when they said so."""
    if lexicon.pattern(f"{language}/roles", "steps").search(line):
        return Mode.STEPS
    return Mode.STOP if lexicon.pattern(f"{language}/roles", "stop").search(line) else None


def _mode(line: str, found: GoalUnderstanding, language: str) -> Mode | None:
    lower = found.target is not None and found.baseline is not None and found.target.value > 0
    return Mode.STEPS if lower else mode_in(line, language)


def said_numbers(seen: Seen) -> tuple[Quantity, ...]:
    """Return every number the person typed, times of day included."""
    clocks = tuple(roles.as_clock(one.at) for one in seen.times)
    sub = [
        Quantity(int(one[1]) + int(one[2] or 0) / 60, "h") for one in _SUB_HOURS.finditer(seen.line)
    ]
    return (*seen.often.counts, *(one.quantity for one in seen.amounts), *clocks, *sub)


def _place(line: str, core: str, goal_type: GoalType | None, language: str) -> tuple[Domain, str]:
    """Look for domain and activity in the goal itself first, then in all that was said."""
    leaving = goal_type is GoalType.QUIT
    clear = max(domains.scores(core, language).values(), default=0) >= _CLEAR_SCORE
    where = core if clear else lexicon.pattern(f"{language}/roles", "rivals").sub(" ", line)
    first = domains.activity(where, leaving, language=language)
    domain = domains.best(where, first, language)
    return domain, domains.activity(where, leaving, domain, language)


def _facts(seen: Seen, goal_type: GoalType | None, activity: str) -> GoalUnderstanding:
    """Fill what does not depend on words: figures, days, times, dates."""
    named = roles.assign(seen.line, seen.undated(), goal_type, seen.language)
    at, at_now = roles.clocks(seen.line, seen.times, seen.language)
    ahead = [one for one in seen.dates if not _is_start(seen, one)]
    starts = [one.found.first for one in seen.dates if _is_start(seen, one)]
    found = GoalUnderstanding(
        text="",
        language=seen.language,
        amount=named.amount,
        target=named.target,
        baseline=named.baseline,
        hours_per_week=named.hours_per_week,
        per_week=_per_week(seen, named, goal_type),
        days=seen.often.days,
        free_days=seen.often.free_days,
        at=at if goal_type is not GoalType.QUIT else None,
        deadline=min((one.found for one in ahead), key=lambda one: one.first, default=None),
        later_deadlines=tuple(sorted((one.found for one in ahead), key=lambda one: one.first))[1:],
        start=starts[0] if starts else None,
        numbers=said_numbers(seen),
        dates=tuple(one.found for one in seen.dates),
    )
    if activity in _MONEY or lexicon.wording("extraction", "spending", seen.language).search(
        seen.line
    ):
        return _in_money(found)
    return _by_the_clock(found, at, at_now) if activity == "bedtime" else found


def _in_money(found: GoalUnderstanding) -> GoalUnderstanding:
    """Count bare numbers as money where nothing else can be meant: "save 100 a month"."""
    return replace(
        found,
        amount=_as_money(found.amount),
        target=_as_money(found.target),
        baseline=_as_money(found.baseline),
    )


def _as_money(quantity: Quantity | None) -> Quantity | None:
    thing, mark, span = quantity.unit.partition("/") if quantity else ("", "", "")
    if quantity is None or thing:
        return quantity
    return Quantity(quantity.value, f"money{mark}{span}")


def _per_week(seen: Seen, named: roles.Roles, goal_type: GoalType | None) -> float | None:
    """Return how often; "15 a day" of what somebody leaves is an amount, not a frequency."""
    if goal_type is GoalType.QUIT and not seen.often.days:
        return None
    return seen.often.per_week or (7.0 if named.daily else None)


def _part_of_day(
    line: str, found: GoalUnderstanding, goal_type: GoalType | None, activity: str
) -> time | None:
    """Return the time of "every morning"; sleep has times of its own, and nights."""
    if goal_type is GoalType.QUIT:
        return None
    if activity == "bedtime":
        by_hours = found.amount is not None and found.amount.unit == "h"
        return day_parts.TIMES["night"] if by_hours else None
    return day_parts.at(line, found.language)


def _by_the_clock(
    found: GoalUnderstanding, at: time | None, at_now: time | None
) -> GoalUnderstanding:
    """Make the times of a sleep goal its amount and its baseline."""
    return replace(
        found,
        amount=roles.as_clock(at) if at else found.amount,
        baseline=roles.as_clock(at_now) if at_now else found.baseline,
    )


def _is_start(seen: Seen, one: DateAt) -> bool:
    before, language = seen.line[max(0, one.start - 20) : one.start], seen.language
    from_there = date_words.starts_with("from", one.found.text)
    return (
        from_there
        or lexicon.pattern(f"{language}/roles", "start_before").search(before) is not None
    )


def _first(line: str, name: str, language: str) -> str | None:
    match = lexicon.pattern(f"{language}/roles", name).search(line)
    return splices.of(language).spelled(match.group().strip(" ,.!?").lower()) if match else None


def _masked(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line
