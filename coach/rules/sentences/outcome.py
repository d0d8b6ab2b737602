"""The line of an outcome: the person's own weekly action; the outcome itself is the target."""

from coach.rules import amounts, paces, phrases, races, wording
from coach.rules.goal import Goal
from coach.rules.sentences.parts import (
    Sentence,
    by_date,
    joined,
    measure,
    session_amount,
    verb_phrase,
    what,
    when,
)
from coach.values import Quantity

MONEY = ("saving", "debt")


def write(goal: Goal) -> Sentence:
    """Say what the person does each week, and what it is for."""
    t, settled = goal.t, goal.settled
    if settled.activity.key in MONEY:
        return transfers(goal, target(goal))
    if races.of(goal.u, settled):
        return _race(goal)
    wish, behaviour = session_amount(goal), verb_phrase(goal)
    added: tuple[str, ...] = ()
    if pace := paces.units(goal.u, settled, goal.today):
        added = (paces.said(pace, t),)
        if pace.per_session:
            wish = Quantity(pace.per_session, pace.unit)
            behaviour = goal.u.behaviour or behaviour
    line = t("line.outcome", what=what(goal, behaviour, wish))
    return Sentence(line, measure(goal, wish), target(goal), wish, added)


def _race(goal: Goal) -> Sentence:
    t = goal.t
    often = phrases.how_often(goal.u, goal.settled.per_week, t)
    how = joined(f"{t(f'activity.{goal.kind}.do')} {often}", *when(goal))
    done = t(f"measure.race.{goal.kind}")
    return Sentence(t("line.race", what=how), done, target(goal), goal.settled.wish)


def transfers(goal: Goal, aim: str | None) -> Sentence:
    """Say what is put aside or paid off each payday."""
    t, u = goal.t, goal.u
    share = paces.money(u, goal.settled, goal.today)
    key = goal.settled.activity.key
    added: tuple[str, ...] = ()
    size = paces.transfer(u, goal.settled, goal.today)
    named = u.per_week if size else None  # a share of an income comes with the income
    often = phrases.how_often(u, named, t) if named else t("often.payday")
    amount = amounts.said(size, t) if size else _share(goal)
    if share:
        added = (t.n(f"added.{key}", share[1], amount=amount),)
    owed = phrases.thing_of(u.behaviour, u.language) if key == "debt" else ""
    own = "" if wording.patterns(u.language).cut["owed_no"].search(owed) else owed
    line = t(f"line.{key}", amount=amount, often=often, thing=own or t("line.debt.thing"))
    return Sentence(line, t(f"activity.{key}.measure"), aim, size, added)


def _share(goal: Goal) -> str:
    """Say the part of an income that goes: the person's, or a small one."""
    t, key = goal.t, goal.settled.activity.key
    said = next((one.value for one in goal.u.numbers if one.unit == "%"), None)
    if said is None or key != "saving":
        return t(f"line.{key}.open")
    return t("line.saving.share", n=amounts.number(said, t))


def target(goal: Goal) -> str:
    """Say the outcome in the person's words, with its date and where they are now."""
    u, t = goal.u, goal.t
    aim = phrases.aim(u, t)
    on = goal.settled.deadline
    bound = wording.patterns(u.language).cut["prefix_by"].search(aim)
    key = "target.before" if bound else "target.by"
    said = t(key, what=aim, date=by_date(goal, on)) if on else aim
    now = u.baseline
    return t("target.now", what=said, now=amounts.said(now, t)) if now and now.value else said
