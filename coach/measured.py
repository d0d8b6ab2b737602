"""How much was done of a plan, in its own unit: where its sessions count something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coach.catalogue import texts
from coach.lived import KEPT, Lived, counts
from coach.rules import amounts, defaults
from coach.values import GoalType, Quantity, Session
from coach.weeks import Day, DayState


@dataclass(frozen=True, slots=True)
class Measured:
    """What was done of what was planned; *at_least*: some of it was told without an amount."""

    done: Quantity
    planned: Quantity
    at_least: bool

    def said(self, language: str) -> tuple[str, str]:
        """Say both, the unit once: "5.2" of "6 km"."""
        t, planned = texts(language), amounts.handy(self.planned)
        done = self.done if planned == self.planned else amounts.handy(self.done)
        return amounts.number(done.value, t), amounts.said(planned, t)


def so_far(life: Lived, today: date) -> Measured | None:
    """Add up the sessions that were due; None where they count nothing, or several things."""
    past = list(_past(life, today))
    units = {session.amount.unit for session, _ in past if session.amount}
    if len(units) != 1 or units == {defaults.CLOCK} or _leaves(life):
        return None
    unit = units.pop()
    told = [_amount(life, session, day, unit) for session, day in past if day.state in KEPT]
    done = sum(value or 0.0 for value in told)
    if not done:
        return None
    planned = sum(session.amount.value for session, _ in past if session.amount)
    known = [Quantity(round(value, 2), unit) for value in (done, planned)]
    return Measured(*known, at_least=None in told)


def _leaves(life: Lived) -> bool:
    return life.understanding.goal_type is GoalType.QUIT


def _past(life: Lived, today: date) -> Iterator[tuple[Session, Day]]:
    """Go through the sessions that were due and not let go, each with what became of it."""
    for number in range(1, min(life.week_on(today), len(life.plan.weeks)) + 1):
        for session, day in zip(life.sessions(number), life.days(number, today), strict=True):
            was_due = session.on <= today and day.state is not DayState.NOT_DUE
            if was_due and counts(day):
                yield session, day


def _amount(life: Lived, session: Session, day: Day, unit: str) -> float | None:
    """Tell how much of a session that was kept is known to be done; None where nothing is."""
    if day.amount is not None:
        return day.amount.value if day.amount.unit == unit else None
    was_small = day.state is not DayState.DONE or life.restart(session.on) == session.on
    return None if was_small or session.amount is None else session.amount.value
