"""A plan under way, grown on anew: what is understood now holds from today, the rest stays."""

from dataclasses import replace
from datetime import date

from coach.lived import Lived
from coach.rules import amounts, calendar, goal, plan, ramp, resolution, unfolding
from coach.rules.goal import Goal
from coach.rules.plans import frame
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Session


def grafted(life: Lived, u: GoalUnderstanding, number: int, today: date) -> Plan:
    """Let what is understood now hold from *today* on; what lies behind stays."""
    old, resized = life.plan, _is_resized(life.understanding, u)
    made = _built(life, u, number, today) if resized else _fresh(u, today)
    weeks = list(old.weeks)
    for place in range(number - 1, len(weeks)):
        model = made.weeks[min(place - number + 1, len(made.weeks) - 1)]
        size = model if resized else weeks[place]
        weeks[place] = replace(weeks[place], figure=size.figure, text=size.text, sessions=())
    models = made.weeks[0].sessions if resized else life.sessions(number)
    sizes = made.weeks[0] if resized else old.weeks[number - 1]
    settled = goal.of(u, today)
    days = _days(life, u, number)
    for place in (number - 1, number):
        if place < len(weeks):
            laid = _laid(settled, models, weeks[place].start, days)
            spelled = unfolding.resized(laid, sizes, weeks[place], settled.t)
            weeks[place] = replace(weeks[place], sessions=spelled)
    past = tuple(one for one in life.sessions(number) if one.on < today)
    ahead = tuple(one for one in weeks[number - 1].sessions if one.on >= today)
    weeks[number - 1] = replace(weeks[number - 1], sessions=(*past, *ahead))
    minimum = made.minimum if u.minimum != life.understanding.minimum else old.minimum
    return replace(old, weeks=tuple(weeks), minimum=minimum, cue=made.cue, action=made.action)


def _fresh(u: GoalUnderstanding, today: date) -> Plan:
    return plan.build(u, resolution.build(u, today), today)


def _built(life: Lived, u: GoalUnderstanding, number: int, today: date) -> Plan:
    """Build the plan of another size: a habit that has to grow does so from where it is."""
    made, now = _fresh(u, today), life.plan.weeks[number - 1].figure
    settled, first = goal.of(u, today).settled, made.weeks[0].figure
    wish = settled.wish
    if u.goal_type is not GoalType.HABIT or not (now and first and wish):
        return made
    if not amounts.same_thing(now, wish) or first.value >= wish.value:
        return made
    next_size = now.value + ramp.step(now.value, settled.activity, now.unit)
    begun = Quantity(min(wish.value, amounts.rounded(next_size, now.unit)), now.unit)
    return _fresh(replace(u, baseline=begun, load=1.0), today)


def _is_resized(before: GoalUnderstanding, now: GoalUnderstanding) -> bool:
    return (before.amount, before.target, before.deadline) != (now.amount, now.target, now.deadline)


def lived_on(life: Lived, number: int) -> tuple[int, ...]:
    """Return the weekdays, from 0 for Monday, that have a session in a week."""
    return tuple(sorted({session.on.weekday() for session in life.sessions(number)}))


def _days(life: Lived, u: GoalUnderstanding, number: int) -> tuple[int, ...]:
    if u.days:
        return u.days
    present = lived_on(life, number)
    if u.per_week and u.per_week != life.understanding.per_week:
        fewer = 1 <= u.per_week < len(present)  # then on days that are lived by now
        count = round(u.per_week)
        return calendar.some_of(present, count) if fewer else calendar.days_for(u, u.per_week)
    return present


def _laid(
    settled: Goal, models: tuple[Session, ...], start: date, days: tuple[int, ...]
) -> tuple[Session, ...]:
    """Lay sessions like *models* on the days of a week; the last one keeps its place at the end."""
    on = calendar.dates(start, days)
    if not models:
        return ()
    chosen = [*models[: len(on) - 1], *[models[0]] * (len(on) - len(models)), models[-1]]
    return tuple(
        replace(model, on=day, at=frame.at(settled, day) if model.at or settled.u.at else None)
        for model, day in zip(chosen[-len(on) :], on, strict=True)
    )
