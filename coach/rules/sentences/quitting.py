"""The line of leaving something: on one day, or down in weekly steps."""

from dataclasses import replace
from datetime import date

from coach.rules import amounts, calendar, paces, phrases, splices, things, wording
from coach.rules.goal import Goal
from coach.rules.sentences.parts import Sentence, long_date
from coach.values import Quantity


def write(goal: Goal) -> Sentence:
    """Say from when, or from how much to how much."""
    u, t = goal.u, goal.t
    if paces.goes_in_steps(u) and (steps := _steps(goal)):
        return steps
    quit_day = paces.quit_day(u, goal.settled, goal.today)
    key = "line.quit.day" if goal.settled.activity.key in paces.PREPARED else "line.quit.from"
    line = t(
        key, what=_on_its_days(goal, _named(goal)), day=long_date(quit_day, t), until=_until(goal)
    )
    now = u.baseline
    target = t("target.none", now=things.a_day(u, goal.kind, now, t)) if now and now.value else None
    measure = t(f"activity.{goal.kind}.measure")
    return Sentence(line, measure, target, added=_earlier(goal, quit_day))


def _earlier(goal: Goal, quit_day: date) -> tuple[str, ...]:
    """Say that the day was chosen earlier than the date it has to be done by."""
    on = goal.settled.deadline
    if goal.settled.activity.key not in paces.PREPARED or on is None or quit_day >= on:
        return ()
    return (goal.t("added.quit_day", date=long_date(on, goal.t)),)


def _until(goal: Goal) -> str:
    found, on = goal.u.deadline, goal.settled.deadline
    spans = found is not None and on is not None and calendar.ends_a_span(found)
    return goal.t("until", date=long_date(on, goal.t)) if spans and on else ""


def _named(goal: Goal) -> str:
    own = splices.of(goal.u.language).willed(goal.u.behaviour)
    return own or goal.t(f"activity.{goal.kind}.do")


def _on_its_days(goal: Goal, said: str) -> str:
    """Add the days that somebody named, and no others: "2 glasses a day at weekends"."""
    named = replace(goal.u, per_week=None)
    return f"{said} {phrases.how_often(named, len(named.days), goal.t)}" if named.days else said


def _at_most(goal: Goal, cap: Quantity) -> str:
    """Say a limit and its days; that of one day a week is "1 beer every Friday"."""
    say = things.some if len(goal.u.days) == 1 else things.a_day
    return _on_its_days(goal, say(goal.u, goal.kind, cap, goal.t))


def _steps(goal: Goal) -> Sentence | None:
    u, t = goal.u, goal.t
    way = paces.way_down(u)
    if way is None:
        return None
    most = _at_most(goal, way[0])
    if len(way) == 1:
        line = _limit(goal, way[0], most)
    else:
        line = t("line.quit.steps", what=_named(goal), first=most)
    return Sentence(
        line, t(_most(goal, way[0]), most=things.some(u, goal.kind, way[0], t)), _from_to(goal)
    )


def _limit(goal: Goal, cap: Quantity, most: str) -> str:
    """Say what somebody keeps to; a limit on spending says on what."""
    if not amounts.is_money(cap.unit):
        return goal.t("line.quit.most", most=most)
    spent = wording.patterns(goal.u.language).cut["spent_on"].search(goal.u.behaviour)
    return goal.t("line.quit.spend", most=f"{most} {spent[0]}" if spent else most)


def _most(goal: Goal, first: Quantity) -> str:
    over = things.span(goal.u, first)
    return f"measure.most_{over}" if over in ("week", "month") else "measure.most"


def _from_to(goal: Goal) -> str | None:
    u, t, way = goal.u, goal.t, paces.way_down(goal.u)
    if not u.baseline or not way or len(way) == 1:
        return None
    now, end = (things.a_day(u, goal.kind, amount, t) for amount in (u.baseline, way[-1]))
    if not way[-1].value:
        return t("target.none", now=now)
    return t("target.down", now=now, end=end)
