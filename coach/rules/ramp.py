"""The ramp: how an amount grows week by week, in steps that stay comfortable.

The cap on a step up is the larger of one unit and a percentage. It is a comfort default,
no promise about injuries. Effort for the body gets a lighter week every fourth week.
"""

from coach.rules import amounts
from coach.rules.activities import Activity

_LIGHTER_EVERY = 4
_LIGHTER_SHARE = 0.85


def ramp(
    start: float, target: float, weeks: int, activity: Activity, unit: str = "", hold: int = 0
) -> list[float]:
    """List the amount of each week from *start* up to *target*, the first *hold* weeks level."""
    unit = unit or activity.unit
    now, figures = start, list[float]()
    for week in range(1, weeks + 1):
        size = start if week <= hold else now
        if is_lighter(week, weeks, activity) and week > hold:
            size = max(start, _LIGHTER_SHARE * now)
        elif week > hold:
            now = min(target, now + step(now, activity, unit))
        figures.append(min(target, amounts.rounded(size, unit)))
    return figures


def step(now: float, activity: Activity, unit: str) -> float:
    """Return the largest step up from *now*."""
    return max(amounts.one(unit), now * activity.cap)


def is_lighter(week: int, weeks: int, activity: Activity) -> bool:
    """Tell whether the week is a lighter one; the last never is."""
    return activity.impact and week % _LIGHTER_EVERY == 0 and week < weeks


def allowed(before: float, after: float, activity: Activity, unit: str) -> bool:
    """Tell whether a step keeps to the cap, give or take the rounding of both figures."""
    slack = max(amounts.grain(before, unit), amounts.grain(after, unit))
    return after - before <= step(before, activity, unit) + slack
