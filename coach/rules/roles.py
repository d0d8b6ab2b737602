"""Decide what each number is for: the amount of a session, the target, or where things are now."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from itertools import zip_longest

from coach.rules import lexicon
from coach.rules.numbers import Amount
from coach.rules.times import TimeAt
from coach.values import GoalType, Quantity

SPANS_OF_TIME = ("days", "weeks", "months", "years", "nights")
_A_SESSION = (
    "min",
    "h",
    "pages",
    "words",
    "reps",
    "km",
    "mi",
    "m",
    "chapters",
    "songs",
    "problems",
    "cards",
    "laps",
    "poems",
    "calls",
    "sketches",
)
WRITTEN = ("words", "pages", "chapters", "songs", "items", "poems", "articles", "credits", "books")
_MINUTES = 60
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Roles:
    """The numbers of a goal by what they are for."""

    amount: Quantity | None = None
    target: Quantity | None = None
    baseline: Quantity | None = None
    hours_per_week: float | None = None
    daily: bool = False


def assign(
    text: str, found: Iterable[Amount], goal_type: GoalType | None, language: str = "en"
) -> Roles:
    """Give every number of *text* its role for a goal of that type."""
    roles = Roles()
    before: Amount | None = None
    for one in _units_shared(text, list(found), language):
        if one.unit in SPANS_OF_TIME or one.unit == "%":
            continue
        if _available_hours(one, goal_type) and goal_type is not GoalType.QUIT:
            roles = replace(roles, hours_per_week=one.quantity.value / _hours(one))
        elif before and lexicon.wording("roles", "out_of", language).fullmatch(
            text[before.end : one.start]
        ):
            whole = Quantity(one.quantity.value, one.unit or before.unit)
            roles = replace(roles, target=whole, baseline=before.quantity)
        elif is_now(text, one.start, one.end, language):
            roles = roles if roles.baseline else replace(roles, baseline=one.quantity)
        else:
            roles = _wished(roles, text, one, goal_type, language)
        before = one
    if goal_type is GoalType.QUIT and roles.baseline and roles.target is None:
        halved = lexicon.wording("roles", "halved", language).search(text)
        half = Quantity(roles.baseline.value / 2, roles.baseline.unit)
        roles = replace(roles, target=half if halved else None)
    return replace(roles, baseline=_same_unit(roles), amount=_like_now(roles))


def _units_shared(text: str, found: list[Amount], language: str) -> list[Amount]:
    """Give "58" of "from 58 to 50 minutes" the unit of what it goes to."""
    made: list[Amount] = []
    for one, after in zip_longest(found, found[1:]):
        joined = after and lexicon.wording("roles", "goes_to", language).fullmatch(
            text[one.end : after.start]
        )
        shares = joined and not one.quantity.unit and after.quantity.unit
        made.append(replace(one, quantity=Quantity(one.quantity.value, shares)) if shares else one)
    return made


def as_session(quantity: Quantity) -> Quantity:
    """Return "20 min/day" as the 20 minutes of a session; what is counted by the day stays."""
    thing, _, span = quantity.unit.partition("/")
    return Quantity(quantity.value, thing) if span == "day" and thing in _A_SESSION else quantity


def clocks(
    text: str, found: Iterable[TimeAt], language: str = "en"
) -> tuple[time | None, time | None]:
    """Return the time that is meant, and the time it happens at now."""
    meant: list[time] = []
    now: list[time] = []
    for one in found:
        said_now = is_now(text, _digits_at(text, one), one.end, language)
        (now if said_now else meant).append(one.at)
    return (meant[0] if meant else None), (now[0] if now else None)


def as_clock(at: time) -> Quantity:
    """Return a time of day as a number of hours."""
    return Quantity(at.hour + at.minute / _MINUTES, "clock")


def is_now(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether the number there says how things are now."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return (
        lexicon.pattern(f"{language}/roles", "now_before").search(before) is not None
        or _now_abroad().search(before) is not None
        or lexicon.pattern(f"{language}/roles", "now_after").match(
            text[end : end + 30].lstrip(" ,)")
        )
        is not None
    )


@cache
def _now_abroad() -> re.Pattern[str]:
    words = lexicon.verbatim(lexicon.table("world")["now"]["words"])
    return re.compile(rf"(?<!\w)(?:{words})(?:\s\w+)?\s$", re.IGNORECASE)


def is_limit(text: str, start: int, language: str) -> bool:
    """Tell whether the number there is one to come down to: "to 2", "at most 2"."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return lexicon.pattern(f"{language}/roles", "limit_before").search(before) is not None


def _wished(
    roles: Roles, text: str, one: Amount, goal_type: GoalType | None, language: str
) -> Roles:
    if goal_type is GoalType.QUIT:
        counted = (
            one.rate or one.unit in ("count", "h", "min") or is_limit(text, one.start, language)
        )
        if is_limit(text, one.start, language):
            return roles if roles.target else replace(roles, target=one.quantity)
        return replace(roles, baseline=one.quantity) if counted and not roles.baseline else roles
    if goal_type is GoalType.PROJECT:
        return (
            replace(roles, target=one.quantity)
            if one.unit in WRITTEN and not roles.target
            else _session(roles, one, goal_type)
        )
    if goal_type is GoalType.OUTCOME and roles.target and one.rate:
        return _session(roles, one, goal_type)
    if goal_type is GoalType.OUTCOME and not _of_a_session(one):
        if _is_race_time(text, one, language) or roles.target:
            return roles
        return replace(roles, target=one.quantity)
    return _session(roles, one, goal_type)


def _session(roles: Roles, one: Amount, goal_type: GoalType | None) -> Roles:
    if not one.unit and not one.rate and not roles.baseline:
        return roles  # a bare number may be anything: an age, a street
    if roles.amount or (goal_type is GoalType.PROJECT and one.unit not in _A_SESSION):
        return roles
    return replace(roles, amount=as_session(one.quantity), daily=one.rate == "day")


def _of_a_session(one: Amount) -> bool:
    return (
        one.unit in ("min", "h", "pages", "words", "reps", "cards", "problems")
        and one.rate is not None
    )


def _is_race_time(text: str, one: Amount, language: str) -> bool:
    before = text[max(0, one.start - _LOOK_BACK) : one.start]
    limit = lexicon.pattern(f"{language}/roles", "race_time_before").search(before)
    return one.unit in ("min", "h") and limit is not None


def _available_hours(one: Amount, goal_type: GoalType | None) -> bool:
    if one.rate != "week" or one.unit not in ("h", "min"):
        return False
    return one.unit == "h" or goal_type is not GoalType.HABIT


def _hours(one: Amount) -> float:
    return 1.0 if one.unit == "h" else float(_MINUTES)


def _same_unit(roles: Roles) -> Quantity | None:
    """Return the baseline, counted like the target when it was said without a unit."""
    now, wished = roles.baseline, roles.target or roles.amount
    if now and not now.unit and wished:
        return Quantity(now.value, wished.unit)
    return now


def _like_now(roles: Roles) -> Quantity | None:
    """Return the amount, counted like the baseline: "I sleep 5 hours, want 7"."""
    if roles.amount and not roles.amount.unit and roles.baseline:
        return Quantity(roles.amount.value, roles.baseline.unit)
    return roles.amount


def _digits_at(text: str, one: TimeAt) -> int:
    """Return where the digits begin, behind "till" or "at"."""
    match = re.search(r"\d", text[one.start : one.end])
    return one.start + (match.start() if match else 0)
