"""The line of a habit: what, how much, how often, when."""

from coach.rules import amounts, phrases
from coach.rules.goal import Goal
from coach.rules.sentences import outcome
from coach.rules.sentences.parts import (
    Sentence,
    by_date,
    measure,
    session_amount,
    verb_phrase,
    what,
)
from coach.values import Quantity


def write(goal: Goal) -> Sentence:
    """Say the habit in one breath."""
    if goal.kind in outcome.MONEY and goal.u.amount is None:
        return outcome.transfers(goal, None)
    wish = session_amount(goal)
    said = what(goal, verb_phrase(goal), wish)
    line = goal.t("line.habit", what=said, until=_until(goal))
    target = phrases.aim(goal.u, goal.t) if goal.u.vague else _moved(goal, wish)
    return Sentence(line, measure(goal, wish), target, wish)


def _moved(goal: Goal, wish: Quantity | None) -> str | None:
    """Say from when to when, for a time of day that moves."""
    now, t = goal.u.baseline, goal.t
    if not wish or not now or not amounts.same_thing(now, wish):
        return None
    if wish.unit != "clock":
        return _grown(goal, now, wish)
    return t("target.clock", now=amounts.said(now, t), end=amounts.said(wish, t))


def _grown(goal: Goal, now: Quantity, wish: Quantity) -> str | None:
    t, thing = goal.t, amounts.base(wish.unit)
    if not 0 < now.value < wish.value:
        return None
    end = amounts.said(Quantity(wish.value, thing), t)
    return t("target.grows", now=amounts.number(now.value, t), end=end)


def _until(goal: Goal) -> str:
    on = goal.settled.deadline
    return goal.t("until", date=by_date(goal, on)) if on else ""
