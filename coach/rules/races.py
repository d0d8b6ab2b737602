"""Races and distances: the one long session that grows, and what it can grow to."""

from dataclasses import dataclass

from coach.rules import amounts, lexicon, ramp
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding, Quantity

_KILOMETRES = {"half_marathon": 21.0, "marathon": 42.0, "ten_k": 10.0, "five_k": 5.0}
RACES = ("ironman", "triathlon", "half_marathon", "marathon", "ten_k", "five_k")
_START = {"running": 2.0, "walking": 3.0, "cycling": 10.0, "swimming": 200.0}
_START_SHARE = 0.25  # of a race, when nobody knows where it starts
_LONGEST_SHARE = 0.75  # of a marathon: the longest training run stays below the race
_LONG_RACE = 30.0  # km
_METRES = 1000.0
_A_MINUTE = {"running": 0.12, "walking": 0.08, "cycling": 0.3, "swimming": 30.0}


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
    if lexicon.wording("races", "in_all", u.language).search(u.text):
        return None
    distance = _distance(u)
    if distance is None:
        return None
    longest = _trained(distance)
    usual = max(_START[settled.activity.key], _START_SHARE * _trained(distance))
    start = min(longest, (_begun(u, settled, distance.unit) or usual) * u.load)
    unit = distance.unit
    return Race(amounts.rounded(start, unit), amounts.rounded(longest, unit), unit)


def _trained(distance: Quantity) -> float:
    """Return the longest distance of the training: all of it, except for a marathon."""
    is_long = distance.unit != "m" and distance.value > _LONG_RACE
    return distance.value * (_LONGEST_SHARE if is_long else 1.0)


def weekly(race: Race, settled: Settled, weeks: int) -> list[float]:
    """List the long session of each week."""
    return ramp.ramp(race.start, race.longest, weeks, settled.activity, race.unit)


def _distance(u: GoalUnderstanding) -> Quantity | None:
    for said in (u.target, u.amount):
        thing = amounts.base(said.unit) if said else ""
        if said and thing == "km" and u.activity == "swimming":
            return Quantity(said.value * _METRES, "m")
        if said and thing in amounts.DISTANCES:
            return Quantity(said.value, thing)
    found = named(u.text, u.language)
    return Quantity(_KILOMETRES[found], "km") if found in _KILOMETRES else None


def named(text: str, language: str) -> str | None:
    """Return the key of the longest race that *text* names."""
    return next(
        (one for one in RACES if lexicon.wording("races", one, language).search(text)), None
    )


def _begun(u: GoalUnderstanding, settled: Settled, unit: str) -> float | None:
    now, key = u.baseline, settled.activity.key
    if now and amounts.base(now.unit) == unit and now.value:
        return now.value
    if now and amounts.base(now.unit) in amounts.DURATIONS and now.value:
        minutes = now.value * (60 if amounts.base(now.unit) == "h" else 1)
        return max(1.0, minutes * _A_MINUTE[key])
    return None
