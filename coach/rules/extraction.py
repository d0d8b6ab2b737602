"""Read everything a goal text says: numbers, dates, times, how often, when, why."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from coach.rules import (
    behaviour,
    dates,
    domains,
    frequency,
    goal_types,
    languages,
    lexicon,
    normalise,
    numbers,
    roles,
    safety,
    splitting,
    times,
)
from coach.rules.dates import DateAt
from coach.rules.frequency import Frequency
from coach.rules.numbers import Amount
from coach.rules.times import TimeAt
from coach.values import Domain, GoalType, GoalUnderstanding, Mode, Quantity

_MONEY_WORDS = re.compile(r"\b(?:sav\w+|debts?|loan|owe|spend\w*|budget|money|pay\w*|earn|income|salary|rent|invest\w*|fund|aside|cost\w*|overdraft|sell|revenue|a month|make)\b", re.IGNORECASE)  # fmt: skip
_CLEAR_SCORE = 2
_COUNTED_NOUNS = (
    "reps", "count", "books", "steps", "words", "poems", "calls", "applications", "articles", "songs", "cards",
    "emails", "problems", "sketches", "meals", "clients", "subscribers", "followers", "people", "items",
)  # fmt: skip
_SUB_HOURS = re.compile(r"\bsub[ -]?(\d)(?::(\d\d))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one line of text, with its places."""

    line: str
    dates: tuple[DateAt, ...]
    times: tuple[TimeAt, ...]
    often: Frequency
    amounts: tuple[Amount, ...]


def look(text: str, today: date) -> Seen:
    """Find dates first, then times, then frequency, then amounts: each hides its own digits."""
    line = normalise.one_line(splitting.unlisted(text))
    found_dates = dates.find(line, today)
    undated = _masked(line, [(one.start, one.end) for one in found_dates if one.numeric])
    found_times = times.find(undated)
    untimed = _masked(undated, [(one.start, one.end) for one in found_times])
    often = frequency.find(_masked(undated, [(one.start, one.end) for one in found_dates]))
    counted = [span for span in often.spans if often.counts and re.search(r"\d|^[a-z]+ ", line[span[0] : span[1]])]  # fmt: skip
    money = _MONEY_WORDS.search(line) is not None
    amounts = numbers.find(_masked(untimed, counted), money)
    return Seen(line, found_dates, found_times, often, amounts)


def understand(text: str, now: datetime, language: str = "en") -> GoalUnderstanding:
    """Return what *text* says as a goal; nothing is assumed."""
    seen = look(text, now.date())
    line = seen.line
    core = behaviour.core(line)
    frequent = seen.often.per_week is not None or any(one.rate not in (None, "year") for one in seen.amounts)
    goal_type = _type(line, core[0], frequent, bool(seen.dates))
    domain, activity = _place(line, line[slice(*core)], goal_type)
    found = _facts(seen, goal_type, activity)
    return replace(
        found,
        text=text,
        language=language,
        domain=domain,
        goal_type=goal_type,
        activity=activity,
        behaviour=_phrase(seen, found, goal_type, activity) if languages.is_english(line) else "",
        caution=safety.note(text),
        cue=cue_in(line) if goal_type is not GoalType.QUIT else None,
        triggers=triggers_in(line) if goal_type is GoalType.QUIT else None,
        mode=_mode(line, found) if goal_type is GoalType.QUIT else None,
        why=_first(line, "why"),
    )


def _type(line: str, start: int, frequent: bool, dated: bool) -> GoalType | None:
    """Return the type of the goal itself, or of all that was said."""
    own = goal_types.best(behaviour.lead_off(line[start:]), frequent, dated)
    return own or goal_types.best(line, frequent, dated)


def cue_in(line: str) -> str | None:
    """Return the moment of the day that is named: "before work"."""
    return _first(line, "cues")


def triggers_in(line: str) -> str | None:
    """Return when it happens, for something somebody wants to leave."""
    return _first(line, "triggers")


def mode_in(line: str) -> Mode | None:
    """Return how somebody leaves something, when they said so."""
    if lexicon.pattern("en/roles", "steps").search(line):
        return Mode.STEPS
    return Mode.STOP if lexicon.pattern("en/roles", "stop").search(line) else None


def _mode(line: str, found: GoalUnderstanding) -> Mode | None:
    lower = found.target is not None and found.baseline is not None and found.target.value > 0
    return Mode.STEPS if lower else mode_in(line)


def said_numbers(seen: Seen) -> tuple[Quantity, ...]:
    """Return every number the person typed, times of day included."""
    clocks = tuple(roles.as_clock(one.at) for one in seen.times)
    sub = [Quantity(int(one[1]) + int(one[2] or 0) / 60, "h") for one in _SUB_HOURS.finditer(seen.line)]
    return (*seen.often.counts, *(one.quantity for one in seen.amounts), *clocks, *sub)


def _place(line: str, core: str, goal_type: GoalType | None) -> tuple[Domain, str]:
    """Look for domain and activity in the goal itself first, then in all that was said."""
    leaving = goal_type is GoalType.QUIT
    clear = max(domains.scores(core).values(), default=0) >= _CLEAR_SCORE
    where = core if clear else line
    domain = domains.best(where, domains.activity(where, leaving))
    return domain, domains.activity(where, leaving, domain)


def _facts(seen: Seen, goal_type: GoalType | None, activity: str) -> GoalUnderstanding:
    """Fill what does not depend on words: figures, days, times, dates."""
    named = roles.assign(seen.line, _outside_dates(seen), goal_type)
    at, at_now = roles.clocks(seen.line, seen.times)
    ahead = [one for one in seen.dates if not _is_start(seen.line, one)]
    starts = [one.found.first for one in seen.dates if _is_start(seen.line, one)]
    found = GoalUnderstanding(
        text="",
        amount=named.amount,
        target=named.target,
        baseline=named.baseline,
        hours_per_week=named.hours_per_week,
        per_week=_per_week(seen, named, goal_type),
        days=seen.often.days,
        at=at if goal_type is not GoalType.QUIT else None,
        deadline=min((one.found for one in ahead), key=lambda one: one.first, default=None),
        later_deadlines=tuple(sorted((one.found for one in ahead), key=lambda one: one.first))[1:],
        start=starts[0] if starts else None,
        numbers=said_numbers(seen),
        dates=tuple(one.found for one in seen.dates),
    )
    return _by_the_clock(found, at, at_now) if activity == "bedtime" else found


def _per_week(seen: Seen, named: roles.Roles, goal_type: GoalType | None) -> float | None:
    """Return how often; "15 a day" of what somebody leaves is an amount, not a frequency."""
    if goal_type is GoalType.QUIT and not seen.often.days:
        return None
    return seen.often.per_week or (7.0 if named.daily else None)


def _by_the_clock(found: GoalUnderstanding, at: time | None, at_now: time | None) -> GoalUnderstanding:
    """Make the times of a sleep goal its amount and its baseline."""
    return replace(
        found,
        amount=roles.as_clock(at) if at else found.amount,
        baseline=roles.as_clock(at_now) if at_now else found.baseline,
    )


def _outside_dates(seen: Seen) -> list[Amount]:
    spans = [(one.start, one.end) for one in seen.dates]
    return [one for one in seen.amounts if not any(a <= one.start < b for a, b in spans)]


def _is_start(line: str, one: DateAt) -> bool:
    before = line[max(0, one.start - 20) : one.start]
    from_there = one.found.text.lower().startswith("from ")
    return from_there or lexicon.pattern("en/roles", "start_before").search(before) is not None


def _phrase(seen: Seen, found: GoalUnderstanding, goal_type: GoalType | None, activity: str) -> str:
    cuts = [(one.start, one.end) for one in seen.dates]
    cuts += seen.often.spans
    if goal_type is not GoalType.QUIT:
        cuts += [(one.start, one.end) for one in seen.times]
        cuts += [one.span() for one in lexicon.pattern("en/roles", "cues").finditer(seen.line)]
    cuts += [one.span() for one in lexicon.pattern("en/roles", "why").finditer(seen.line)]
    if goal_type is GoalType.QUIT:
        cuts += [one.span() for one in lexicon.pattern("en/roles", "limit_amount").finditer(seen.line)]
    cuts += [one.span() for one in lexicon.pattern("en/roles", "fuzzy_dates").finditer(seen.line)]
    cuts += _amount_cuts(seen, goal_type)
    start = behaviour.core(seen.line)[0]
    kept = [(max(0, a - start), b - start) for a, b in _merged(cuts) if b > start]
    said = behaviour.phrase(seen.line[start:], kept, goal_type, activity)
    return behaviour.named(said, seen.line)


def _amount_cuts(seen: Seen, goal_type: GoalType | None) -> list[tuple[int, int]]:
    """Cut the amounts that a resolution says in its own place, and keep those that are the point."""
    counted = lexicon.pattern("en/behaviour", "counted")
    point = goal_type in (GoalType.OUTCOME, None) and counted.match(behaviour.lead_off(seen.line))
    if goal_type is GoalType.PROJECT or point:
        return [(one.rate_start, one.end) for one in seen.amounts if one.rate]
    cuts: list[tuple[int, int]] = []
    for one in _outside_dates(seen):
        if one.unit in roles.SPANS_OF_TIME:
            continue
        cuts += [(one.rate_start, one.end)] if one.rate else []
        if not _is_the_thing(seen.line, one):
            cuts.append((one.start, _cut_end(seen.line, one)))
    return cuts


def _is_the_thing(line: str, one: Amount) -> bool:
    """Tell "a 10k", which is what is run, from "a 5 km run"."""
    article = re.search(r"\b(?:a|an|my first|my|the|first)\s$", line[: one.start], re.IGNORECASE)
    followed = re.match(r"[\s-]?(?:run|walk|swim|jog|ride|hike|race|session|workout)", line[one.end :], re.I)  # fmt: skip
    return one.unit in ("km", "mi", "m") and article is not None and followed is None


def _cut_end(line: str, one: Amount) -> int:
    """Return where to cut: behind the unit, or before a counted noun such as push-ups."""
    bare = one.unit in _COUNTED_NOUNS or one.quantity.unit.startswith("per ")
    number = re.match(r"[~+]?[€$£]?\s?(?:\d[\d.,' ]*\d|\d|[a-z-]+)(?:\s?k\b)?\+?", line[one.start : one.size_end], re.I)  # fmt: skip
    return one.start + number.end() if bare and number else one.size_end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _first(line: str, name: str) -> str | None:
    match = lexicon.pattern("en/roles", name).search(line)
    return match.group().strip(" ,.!?").lower() if match else None


def _masked(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line
