"""Races and distances: the one long session that grows, and what it can grow to."""

import re
from dataclasses import dataclass

from coach.rules import amounts, ramp
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding, Quantity

_KNOWN = (
    (re.compile(r"half[- ]?marathon|halbmarathon|media marat[oó]n", re.IGNORECASE), 21.0),
    (re.compile(r"\bmarathon", re.IGNORECASE), 42.0),
    (re.compile(r"\b10 ?(k|km)\b", re.IGNORECASE), 10.0),
    (re.compile(r"\b5 ?(k|km)\b|parkrun", re.IGNORECASE), 5.0),
)
_START = {"running": 2.0, "walking": 3.0, "cycling": 10.0, "swimming": 0.5}
_START_SHARE = 0.25  # of a race, when nobody knows where it starts
_LONGEST_SHARE = 0.75  # of a marathon: the longest training run stays below the race
_LONG_RACE = 30.0
_KM_A_MINUTE = {"running": 0.12, "walking": 0.08, "cycling": 0.3, "swimming": 0.03}


@dataclass(frozen=True, slots=True)
class Race:
    """The long session of a week in kilometres (or miles): from where to where."""

    start: float
    longest: float
    unit: str


def of(u: GoalUnderstanding, settled: Settled) -> Race | None:
    """Return the long session an outcome asks for; None when it is not about a distance."""
    if u.goal_type is not GoalType.OUTCOME or settled.activity.key not in _START:
        return None
    distance = _distance(u)
    if distance is None:
        return None
    longest = distance.value * (_LONGEST_SHARE if distance.value > _LONG_RACE else 1.0)
    usual = max(_START[settled.activity.key], _START_SHARE * min(distance.value, _LONG_RACE))
    start = min(longest, (_begun(u, settled, distance.unit) or usual) * u.load)
    unit = distance.unit
    return Race(amounts.rounded(start, unit), amounts.rounded(longest, unit), unit)


def weekly(race: Race, settled: Settled, weeks: int) -> list[float]:
    """List the long session of each week."""
    return ramp.ramp(race.start, race.longest, weeks, settled.activity, race.unit)


def _distance(u: GoalUnderstanding) -> Quantity | None:
    for said in (u.target, u.amount):
        if said and amounts.base(said.unit) in ("km", "mi"):
            return Quantity(said.value, amounts.base(said.unit))
    return next((Quantity(km, "km") for name, km in _KNOWN if name.search(u.text)), None)


def _begun(u: GoalUnderstanding, settled: Settled, unit: str) -> float | None:
    now, key = u.baseline, settled.activity.key
    if now and amounts.base(now.unit) == unit and now.value:
        return now.value
    if now and amounts.base(now.unit) in amounts.DURATIONS and now.value:
        minutes = now.value * (60 if amounts.base(now.unit) == "h" else 1)
        return max(1.0, minutes * _KM_A_MINUTE[key])
    return None
