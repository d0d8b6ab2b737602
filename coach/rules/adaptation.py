"""What the next week could be, from how the last ones went; each proposal says why.

One thing changes a week. More is only ever proposed, and never right after illness or a pause.
Less comes in turns: first a smaller amount, then a day less, then the minimum version.
"""

from collections.abc import Callable
from dataclasses import replace

from coach.catalogue import Catalogue
from coach.rules import amounts, tally
from coach.rules.tally import Tally
from coach.values import Quantity
from coach.weeks import AskedInReview, Change, DayState, KeptWeek, Load, Pace, Proposal

STEP_FROM, SAME_FROM, LIGHTER_FROM = 0.8, 0.5, 0.2
LIGHTER = 0.7
FEWER_DAYS_FROM = 4
MINIMUM_DAYS = 2
_AT_RISK = 1.3

Weeks = tuple[KeptWeek, ...]
Choice = tuple[Change, str]  # the change, and the key of why


def propose(
    weeks: Weeks,
    now: Load,
    coming: tuple[Load, ...],
    minimum: str,
    t: Catalogue,
    silent: bool = False,
) -> Proposal:
    """Propose the week after the last of *weeks*; *coming* are the loads the plan has next.

    *silent*: nobody answered, so that more becomes the same, and the reason says so.
    """
    counted = tally.of(weeks)
    change, why = choose(weeks, now, coming)
    if silent and change.raises:
        change, why = Change.SAME, "held"
    load = _LOADS[change](now, coming, t, minimum)
    said = _because(why, counted, load, t)
    return Proposal(change, load, f"{t('because.silence')} {said}" if silent else said)


def _because(why: str, counted: Tally, load: Load, t: Catalogue) -> str:
    """Say why, with everything that went into the count."""
    said = [t(f"because.{why}", done=counted.said, planned=counted.planned, load=load.text)]
    if counted.share is not None and counted.spare:
        said.append(t.n("because.spare", counted.spare))
    if counted.share is not None and counted.partly:
        said.append(t("because.partly"))
    return " ".join(said)


def choose(weeks: Weeks, now: Load, coming: tuple[Load, ...]) -> Choice:
    """Choose how the next week differs, and name the reason."""
    counted = tally.of(weeks)
    if counted.share is None:
        return Change.SAME, "excused" if counted.excused and not counted.planned else "no_data"
    if counted.share >= STEP_FROM:
        return _more(weeks, now, coming)
    if counted.share >= SAME_FROM:
        return Change.SAME, "same"
    if counted.share >= LIGHTER_FROM:
        return _less(weeks, now)
    return (Change.SAME, "limit") if now.limit else (Change.MINIMUM, "minimum")


def _more(weeks: Weeks, now: Load, coming: tuple[Load, ...]) -> Choice:
    if tally.rests(weeks[-1]):
        return Change.SAME, "after_rest"
    if len(weeks) > 1 and all(one.change.raises and _has_partly(one) for one in weeks[-2:]):
        return Change.SAME, "settle"
    if not coming or coming[0] == now:
        return Change.SAME, "steady"
    if _too_easy(weeks) and now.figure is not None and not now.limit:
        return Change.EXTRA, "too_easy"
    return Change.STEP, "step"


def _less(weeks: Weeks, now: Load) -> Choice:
    """Take amount and days in turns; what has neither to give goes to the minimum."""
    if now.limit:
        return Change.SAME, "limit"
    lighter = [one.change for one in weeks if one.change in (Change.LIGHTER, Change.FEWER_DAYS)]
    turn_of_days = bool(lighter) and lighter[-1] is Change.LIGHTER
    if now.sessions >= FEWER_DAYS_FROM and (turn_of_days or now.figure is None):
        return Change.FEWER_DAYS, "fewer_days"
    if now.figure is None or _smaller(now.figure).value >= now.figure.value:
        return Change.MINIMUM, "minimum"
    return Change.LIGHTER, "lighter"


def asks(weeks: Weeks, change: Change, pace: Pace | None = None) -> AskedInReview | None:
    """Name the one question that the course of the weeks raises."""
    low = [tally.of(weeks[: n + 1]).share for n in range(len(weeks))[-2:]]
    if len(low) > 1 and all(share is not None and share < LIGHTER_FROM for share in low):
        return AskedInReview.STILL_THE_GOAL
    if pace is not None and is_at_risk(pace):
        return AskedInReview.AT_RISK
    stuck = low[-1] is not None and low[-1] < STEP_FROM
    if stuck and change is Change.SAME and len(weeks) > 1 and weeks[-1].change is Change.SAME:
        return AskedInReview.OBSTACLE
    return None


def is_at_risk(pace: Pace) -> bool:
    """Tell whether the date does not hold at this pace."""
    return pace.left.value > 0 and pace.needed > _AT_RISK * pace.achieved


def _too_easy(weeks: Weeks) -> bool:
    last = [tally.of(weeks[: n + 1]) for n in range(len(weeks))[-2:]]
    return len(last) == 2 and all(_whole(one) for one in last)


def _whole(counted: Tally) -> bool:
    """Tell whether everything planned was done, nothing small, partly or forgiven."""
    return counted.share == 1.0 and counted.done == counted.planned and not counted.small


def _has_partly(week: KeptWeek) -> bool:
    return any(day.state is DayState.PARTLY for day in week.days)


def _smaller(figure: Quantity) -> Quantity:
    return replace(figure, value=amounts.rounded(figure.value * LIGHTER, figure.unit))


def _next(now: Load, coming: tuple[Load, ...]) -> Load:
    """Return the next step in one dimension: how often comes before how much."""
    if not coming:
        return now
    first = coming[0]
    if now.figure is None or (first.sessions == now.sessions and first.figure is not None):
        return first
    return replace(first, figure=now.figure)


def _step(now: Load, coming: tuple[Load, ...], t: Catalogue, _: str) -> Load:
    made = _next(now, coming)
    return made if made == coming[0] else _said(made, now, t)


def _extra(now: Load, coming: tuple[Load, ...], t: Catalogue, _: str) -> Load:
    """Take two steps at once in the dimension that grows."""
    first = _next(now, coming)
    if first.figure is None or first.figure == now.figure:
        return _said(replace(first, sessions=min(7, first.sessions + 1)), now, t)
    further = coming[1].figure if len(coming) > 1 else None
    if further is None or further.value <= first.figure.value:
        further = replace(first.figure, value=first.figure.value + amounts.one(first.figure.unit))
    return _said(replace(now, figure=further), now, t)


def _lighter(now: Load, coming: tuple[Load, ...], t: Catalogue, _: str) -> Load:
    return _said(replace(now, figure=_smaller(now.figure)) if now.figure else now, now, t)


def _fewer(now: Load, coming: tuple[Load, ...], t: Catalogue, _: str) -> Load:
    return _said(replace(now, sessions=now.sessions - 1), now, t)


def _minimum(now: Load, coming: tuple[Load, ...], t: Catalogue, minimum: str) -> Load:
    days = min(MINIMUM_DAYS, now.sessions)
    return Load(None, days, t("review.minimum", minimum=minimum, days=t.n("reply.days", days)))


def _same(now: Load, coming: tuple[Load, ...], t: Catalogue, _: str) -> Load:
    return now


def _said(load: Load, now: Load, t: Catalogue) -> Load:
    """Say a load in the way this week's was said."""
    if load.figure is None or now.figure is None:
        return replace(load, text=t.n("week.times", load.sessions))
    by_session = t("week.sessions", count=now.sessions, amount=amounts.short(now.figure, t))
    said = amounts.short(load.figure, t)
    if now.text == by_session or load.sessions != now.sessions:
        said = t("week.sessions", count=load.sessions, amount=said)
    return replace(load, text=said)


_LOADS: dict[Change, Callable[[Load, tuple[Load, ...], Catalogue, str], Load]] = {
    Change.SAME: _same,
    Change.STEP: _step,
    Change.EXTRA: _extra,
    Change.LIGHTER: _lighter,
    Change.FEWER_DAYS: _fewer,
    Change.MINIMUM: _minimum,
}
