"""Goals that go too fast: more in the time than bodies, heads or wallets can do."""

from datetime import date, datetime

from coach.rules import dates, lexicon, normalise, races, weights
from coach.values import Domain, GoalType, GoalUnderstanding, Quantity

_MOST_KILOS_A_WEEK = 1.0
_MOST_MONEY_A_WEEK = 5000.0
_MILLION = 1_000_000.0
_MILLION_WEEKS = 5 * 52.0
_MOST_A_DAY = {"pages": 15.0, "words": 3000.0, "books": 0.2}
_MOST_STUDY_HOURS = 8.0
_LEAST_SLEEP_HOURS = 6.0
_MOST_SESSIONS = 14.0
_NEED_REST = ("running", "strength", "swimming", "cycling", "triathlon", "exercises")
_FLUENT_WEEKS = 26.0
_BIG_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD")
_RACE_WEEKS = {
    "ironman": 26,
    "triathlon": 10,
    "half_marathon": 8,
    "marathon": 16,
    "ten_k": 4,
    "five_k": 3,
}


def reason(u: GoalUnderstanding, now: datetime) -> str | None:
    """Return what is too fast about a goal: weight, race, language, load, sleep, money; or None."""
    line = normalise.one_line(u.text)
    weeks = weeks_left(u, now.date())
    checks = (
        ("weight", _weight(u, weeks)),
        ("race", _race(u, line, weeks)),
        ("language", _language(u, line, weeks)),
        ("sleep", _sleep(u, line)),
        ("load", _load(u, weeks)),
        ("money", _money(u, weeks)),
        ("often", _often(u)),
    )
    return next((key for key, hit in checks if hit), None)


def _often(u: GoalUnderstanding) -> bool:
    """Tell whether a body gets no rest; walks, glasses of water and calls need none."""
    tiring = u.activity in _NEED_REST and u.goal_type is not GoalType.QUIT
    return tiring and (u.per_week or 0) > _MOST_SESSIONS


def weeks_left(u: GoalUnderstanding, today: date) -> float | None:
    """Return the weeks until the deadline; None when there is none."""
    return max((dates.due(u.deadline) - today).days, 1) / 7 if u.deadline else None


def _language(u: GoalUnderstanding, line: str, weeks: float | None) -> bool:
    soon = weeks is not None and weeks < _FLUENT_WEEKS and u.activity == "language"
    return soon and _says("fluent", line, u)


def _says(name: str, line: str, u: GoalUnderstanding) -> bool:
    return lexicon.wording("too_fast", name, u.language).search(line) is not None


def _weight(u: GoalUnderstanding, weeks: float | None) -> bool:
    kilos = next(
        (
            one.value * weights.KILOS[base]
            for one in u.numbers
            if (base := one.unit.split("/")[0]) in weights.KILOS
        ),
        0.0,
    )
    rate = next(
        (
            one.unit.split("/")[1]
            for one in u.numbers
            if one.unit.split("/")[0] in weights.KILOS and "/" in one.unit
        ),
        "",
    )
    if u.activity != "weight" or not kilos:
        return False
    if rate:
        return (
            kilos / {"day": 1 / 7, "week": 1.0, "month": 4.3, "year": 52.0}[rate]
            > _MOST_KILOS_A_WEEK
        )
    lost = _change(u, kilos)
    return weeks is not None and lost / weeks > _MOST_KILOS_A_WEEK


def _change(u: GoalUnderstanding, kilos: float) -> float:
    """Return the kilos to lose: the difference when both weights were said."""
    aims = u.baseline and u.target and u.target.value > u.baseline.value / 2
    if aims and u.baseline and u.target and u.baseline.unit in weights.KILOS:
        return abs(u.baseline.value - u.target.value) * weights.KILOS[u.baseline.unit]
    return kilos


def _race(u: GoalUnderstanding, line: str, weeks: float | None) -> bool:
    if weeks is None or not _says("from_zero", line, u):
        return _hopeless_race(u, line, weeks)
    race = races.named(line, u.language)
    return race is not None and weeks < _RACE_WEEKS[race] and _says("running", line, u)


def _hopeless_race(u: GoalUnderstanding, line: str, weeks: float | None) -> bool:
    """Catch what is too fast for nearly everyone, whatever they can do today."""
    if weeks is None or weeks >= 2:
        return False
    return _says("first_race", line, u)


def _sleep(u: GoalUnderstanding, line: str) -> bool:
    hours = [
        one.value
        for one in u.numbers
        if one.unit.split("/")[0] == "h" and 0 < one.value < _LEAST_SLEEP_HOURS
    ]
    meant = [one for one in hours if u.baseline is None or one != u.baseline.value]
    about = _says("sleep", line, u) and not _says("wishes_for_sleep", line, u)
    return bool(meant) and about and _says("only", line, u) and u.activity == "bedtime"


def _load(u: GoalUnderstanding, weeks: float | None) -> bool:
    for one in u.numbers:
        base = one.unit.split("/")[0]
        daily = _a_day(one, u, weeks)
        if base in _MOST_A_DAY and daily is not None and daily > _MOST_A_DAY[base]:
            return True
        hours = one.value / (60 if base == "min" else 1)
        if (
            base in ("h", "min")
            and one.unit.endswith("/day")
            and hours > _MOST_STUDY_HOURS
            and u.activity not in ("bedtime", "screen_time")
        ):
            return True
    return False


def _a_day(one: Quantity, u: GoalUnderstanding, weeks: float | None) -> float | None:
    """Return how much of it would be due each day."""
    if one.unit.endswith("/day"):
        return (
            one.value
            if u.goal_type is not GoalType.HABIT
            or one.value > 4 * _MOST_A_DAY.get(one.unit.split("/")[0], 0)
            else None
        )
    if u.target and one == u.target and weeks:
        begun = u.baseline.value if u.baseline and u.baseline.unit == one.unit else 0.0
        return (one.value - begun) / (weeks * 7)
    return None


def _is_a_fortune(u: GoalUnderstanding, one: Quantity) -> bool:
    return not one.unit and one.value >= _MILLION and u.domain is Domain.MONEY


def _money(u: GoalUnderstanding, weeks: float | None) -> bool:
    sums = [
        one
        for one in u.numbers
        if one.unit.split("/")[0] in _BIG_CURRENCIES or _is_a_fortune(u, one)
    ]
    if not sums or u.goal_type is GoalType.QUIT:
        return False
    most = max(one.value for one in sums)
    if weeks is not None and most / weeks > _MOST_MONEY_A_WEEK:
        return True
    return most >= _MILLION and (weeks is None or weeks < _MILLION_WEEKS)
