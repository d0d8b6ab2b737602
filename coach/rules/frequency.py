"""Find how often something is meant to happen: times a week, and on which weekdays."""

import re
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from coach.rules import date_words, lexicon, numbers
from coach.rules.one_reading import once
from coach.values import Quantity

_LEAD = 24  # characters before a weekday in which "only on" may stand
_EVERY_DAY = 7.0
_IN_A_WEEK = {"day": 7.0, "month": 0.25}


@dataclass(frozen=True, slots=True)
class Frequency:
    """Times a week, the weekdays named, and the spans of the text that say so."""

    per_week: float | None = None
    days: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    counts: tuple[Quantity, ...] = ()
    free_days: tuple[int, ...] = ()


@once
def find(text: str, language: str = "en") -> Frequency:
    """Return how often *text* says; weekdays and a count may both be given."""
    denied = lexicon.pattern(f"{language}/answers", "not_days").search(text)
    if denied is None:
        return _said(text, language)
    free, free_spans = _weekdays(text[denied.end() :], language)
    head = text[: denied.start()]
    wanted = _said(head, language)
    spans = tuple((a + denied.end(), b + denied.end()) for a, b in free_spans)
    last = max((end for _, end in spans), default=denied.end())
    whole = (*wanted.spans, (denied.start(), last))
    return replace(_without(wanted, free), spans=whole, free_days=free)


def days_named(text: str, language: str = "en") -> tuple[int, ...]:
    """Return the days of the week that are named, wanted or not."""
    return _weekdays(text, language)[0]


def _without(wanted: Frequency, free: tuple[int, ...]) -> Frequency:
    """Leave days out of "every day" and of the days named."""
    days = wanted.days or (tuple(range(7)) if wanted.per_week == _EVERY_DAY else ())
    left = tuple(day for day in days if day not in free)
    return replace(wanted, days=left, per_week=float(len(left))) if left != wanted.days else wanted


def _said(text: str, language: str) -> Frequency:
    days, spans = _weekdays(text, language)
    counted = _counted(text, language)
    if counted:
        value, span, quantity = counted
        return Frequency(value, days, (*spans, span), (quantity,))
    fixed = _fixed(text, spans, language)
    if fixed and (fixed[0] < max(1, len(days)) or not days):  # "once a week, Tuesday or Thursday"
        per_week, own_days, span = fixed
        return Frequency(per_week, days or own_days, (*spans, span))
    if fixed:
        spans = (*spans, fixed[2])
    return Frequency(float(len(days)) if days else None, days, spans)


def weekdays(text: str, language: str = "en") -> tuple[int, ...]:
    """Return the days that words name which are about days: "sat" is Saturday here."""
    return _weekdays(text.title(), language)[0] or _said(text, language).days


def _weekdays(text: str, language: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Read lists and ranges: "Tue/Thu", "Sunday to Thursday", "on Mondays"."""
    names, said = date_words.words(language).weekdays, partial(_mark, language)
    days: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _weekday_names(language).finditer(text):
        day, at = names[match.group().lower()], max(0, match.start() - _LEAD)
        between = text[spans[-1][1] : match.start()] if spans else None
        joined = between is not None and said("join").fullmatch(between) is not None
        if between is not None and said("range").fullmatch(between):
            first = days[-1]
            days += [(first + step) % 7 for step in range(1, (day - first) % 7 + 1)]
        elif said("short").fullmatch(match.group()) and not (
            joined or _is_short_day(text, match, language)
        ):
            continue
        else:
            days.append(day)
        lead = said("lead").search(text[at : match.start()])
        spans.append((at + lead.start() if lead else match.start(), match.end()))
    return tuple(sorted(set(days))), tuple(spans)


def _mark(language: str, name: str) -> re.Pattern[str]:
    return lexicon.wording("frequency", name, language)


def _is_short_day(text: str, match: re.Match[str], language: str) -> bool:
    """Tell "on Sat" and "Sat, Sun" from "I sat" and "in the sun"."""
    after = text[match.end() : match.end() + 8]
    before = text[max(0, match.start() - _LEAD) : match.start()]
    lead = _mark(language, "short_lead").search(before) is not None
    listed = _mark(language, "listed").match(after) is not None
    return lead or listed or match.group()[0].isupper()


def _counted(text: str, language: str) -> tuple[float, tuple[int, int], Quantity] | None:
    match = _count_pattern(language).search(text)
    if match is None:
        return None
    first = date_words.words(language).number(match["n"] or match["n2"])
    if first is None:
        return None
    span = numbers.rate(match["span"] or match["span2"] or "", language) or "week"
    return first * _IN_A_WEEK.get(span, 1.0), match.span(), Quantity(first, f"times/{span}")


def _fixed(
    text: str, taken: tuple[tuple[int, int], ...], language: str
) -> tuple[float, tuple[int, ...], tuple[int, int]] | None:
    for per_week, days, pattern in _fixed_patterns(language):
        match = pattern.search(text)
        free = match and not any(a < match.end() and match.start() < b for a, b in taken)
        if match and (free or per_week < 1):
            return per_week, days, match.span()
    return None


@cache
def _weekday_names(language: str) -> re.Pattern[str]:
    names = lexicon.verbatim(date_words.words(language).weekdays)
    return lexicon.compiled(rf"(?<!\w)(?:{names})(?!\w)")


@cache
def _count_pattern(language: str) -> re.Pattern[str]:
    words = date_words.words(language).numbers
    roles = {
        "words": lexicon.verbatim(word for word in words if word not in numbers.ARTICLES),
        "counts": lexicon.verbatim(lexicon.table(f"{language}/frequency")["times"]["count"]),
        "foreign": "|".join(lexicon.table("world")["frequency"]["weekly"]),
    }
    return lexicon.form("frequency", "counted", roles, language)


@cache
def _fixed_patterns(language: str) -> tuple[tuple[float, tuple[int, ...], re.Pattern[str]], ...]:
    rows: list[dict[str, Any]] = lexicon.table(f"{language}/frequency")["fixed"]
    own = [
        (row["per_week"], tuple(row.get("days", ())), lexicon.words_of(row["patterns"]))
        for row in rows
    ]
    foreign = lexicon.words_of(
        rf"{one}(?!\w)" for one in lexicon.table("world")["frequency"]["daily"]
    )
    return (*own, (7.0, (), foreign))
