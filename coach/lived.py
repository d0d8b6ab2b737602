"""A plan as it is lived: its sessions, what was told about each, and what that comes to.

Everything follows from the plan and the answers; nothing here is stored. "Not due" and
"not answered" are what is left where nobody said anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach.rules import reasons, unfolding
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Session
from coach.weeks import Change, Day, DayState, KeptWeek

KEPT = (DayState.DONE, DayState.SMALL, DayState.PARTLY)
"""What counts as a session of the week."""

_LET_GO = (DayState.MISSED, DayState.SKIPPED, DayState.UNANSWERED)
_GAP = 2  # sessions in a row that make coming back a return
_WEEK = timedelta(days=7)
_FEWEST_FOR_BEST = 3
_SILENT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Told:
    """How the *place*-th session of a day went."""

    on: date
    place: int
    state: DayState
    reason: str | None = None
    amount: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """A plan with what was told about it; *changes* holds how weeks differ from the one before."""

    plan: Plan
    understanding: GoalUnderstanding
    told: tuple[Told, ...] = ()
    changes: tuple[tuple[int, Change], ...] = ()
    forgotten: frozenset[str] = frozenset()  # `coach.memory.Kind`s not to be spoken of

    def week_on(self, on: date) -> int:
        """Return the number of the week of a day: 0 before the plan, one too many after it."""
        number = (on - self.plan.weeks[0].start) // _WEEK + 1
        return max(0, min(number, len(self.plan.weeks) + 1))

    @property
    def quit_day(self) -> date | None:
        """The day from which something is left; None where nothing is."""
        return unfolding.quit_day(self.plan, self.understanding)

    def sessions(self, number: int) -> tuple[Session, ...]:
        """List the sessions of a week; a number without a week has none."""
        if not 1 <= number <= len(self.plan.weeks):
            return ()
        return unfolding.sessions(self.plan, self.understanding, number)

    def due(self, on: date) -> tuple[Session, ...]:
        """List the sessions of a day, as they are named on it."""
        found = tuple(one for one in self.sessions(self.week_on(on)) if one.on == on)
        return self._eased(found, on)

    def answer(self, on: date, place: int) -> Told | None:
        """Find what was told about a session."""
        return next((one for one in self.told if (one.on, one.place) == (on, place)), None)

    def ahead(self, today: date) -> Plan:
        """Return the plan from this week on, this week spelled out."""
        plan = unfolding.from_week(self.plan, self.understanding, self.week_on(today))
        return self._with_restart(plan, today)

    def spelled_out(self, today: date) -> Plan:
        """Return the plan with the sessions of all its weeks."""
        return self._with_restart(unfolding.spelled_out(self.plan, self.understanding), today)

    def restart(self, today: date) -> date | None:
        """Return the day whose first session is the minimum version after a return, if one is.

        It is the first day told of since then; until there is one, the next one with a session.
        """
        since = self.plan.restart_on
        if since is None:
            return None
        told = [one.on for one in self.told if one.on >= since]
        if told:
            return min(told)
        start = max(since, today)
        numbers = range(max(1, self.week_on(start)), len(self.plan.weeks) + 1)
        ahead = (one.on for number in numbers for one in self.sessions(number))
        return next((on for on in ahead if on >= start), None)

    def next_session(self, today: date) -> Session | None:
        """Find the next session that nothing was told about."""
        first = max(1, self.week_on(today))
        for number in range(first, len(self.plan.weeks) + 1):
            named = self._eased(self.sessions(number), today)
            for session, day in zip(named, self.days(number, today), strict=True):
                if session.on >= today and day.state is DayState.NOT_DUE:
                    return session
        return None

    def days(self, number: int, today: date) -> tuple[Day, ...]:
        """Tell what became of each session of a week; doing it on another day counts as well."""
        sessions = self.sessions(number)
        days = [self._day(session, place, today) for session, place in _placed(sessions)]
        for extra in self._extras(number, sessions):
            free = [n for n, day in enumerate(days) if day.state not in KEPT]
            if free:
                days[free[0]] = _as_day(extra)
        return tuple(days)

    def kept_week(self, number: int, today: date) -> KeptWeek:
        """Look at a week as a review does."""
        change = dict(self.changes).get(number, Change.SAME)
        spare = self.plan.spare_days
        return KeptWeek(number, self.days(number, today), change, spare_days=spare)

    def _eased(self, found: tuple[Session, ...], today: date) -> tuple[Session, ...]:
        """Name the minimum version where a session is the first one after a return."""
        on = self.restart(today)
        place = next((n for n, one in enumerate(found) if one.on == on), None)
        if place is None:
            return found
        small = replace(found[place], amount=None, text=self.plan.minimum)
        return (*found[:place], small, *found[place + 1 :])

    def _with_restart(self, plan: Plan, today: date) -> Plan:
        weeks = (replace(one, sessions=self._eased(one.sessions, today)) for one in plan.weeks)
        return replace(plan, weeks=tuple(weeks))

    def _day(self, session: Session, place: int, today: date) -> Day:
        told = self.answer(session.on, place)
        if told is not None:
            return _as_day(told)
        over = session.on < today
        return Day(session.on, DayState.UNANSWERED if over else DayState.NOT_DUE)

    def _extras(self, number: int, sessions: tuple[Session, ...]) -> list[Told]:
        """List what was done in a week where nothing was planned."""
        planned = {(session.on, place) for session, place in _placed(sessions)}
        return [
            one
            for one in self.told
            if one.state in KEPT
            and self.week_on(one.on) == number
            and (one.on, one.place) not in planned
        ]


def with_reason(told: Told, reason: str, life: Lived) -> Told:
    """Add what got in the way; illness and travel let a missed session go, but excuse no slip."""
    lets_go = told.state is DayState.MISSED and reason in reasons.EXCUSED
    if lets_go and life.understanding.goal_type is not GoalType.QUIT:
        return replace(told, reason=reason, state=DayState.SKIPPED)
    return replace(told, reason=reason)


def done(lived: Lived, number: int, today: date) -> int:
    """Count what was done in a week, small and partly ones included."""
    return sum(day.state in KEPT for day in lived.days(number, today))


def counts(day: Day) -> bool:
    """Tell whether a session is among those that somebody's are counted out of."""
    return day.state is not DayState.SKIPPED


def planned(lived: Lived, number: int, today: date) -> int:
    """Count the sessions of a week, those to come included, without what was let go."""
    return sum(map(counts, lived.days(number, today)))


def so_far(lived: Lived, today: date) -> tuple[int, int]:
    """Count the sessions done and planned since the plan began, without what was let go."""
    past = list(days_until(lived, today))
    return sum(day.state in KEPT for day in past), sum(map(counts, past))


def returns(lived: Lived, today: date) -> int:
    """Count how often somebody came back after a gap."""
    if "comebacks" in lived.forgotten:
        return 0
    return comebacks(list(days_until(lived, today)))


def comebacks(days: list[Day]) -> int:
    """Count the sessions done after two or more in a row that were not."""
    found = gap = 0
    for day in days:
        if day.state in KEPT:
            found += gap >= _GAP
        gap = gap + 1 if day.state in _LET_GO else 0
    return found


def dropped(lived: Lived, today: date) -> bool:
    """Tell whether the last two sessions before today were told as missed."""
    last = list(days_until(lived, today - timedelta(days=1)))[-_GAP:]
    return len(last) == _GAP and all(day.state is DayState.MISSED for day in last)


def lapsed(lived: Lived, today: date) -> bool:
    """Tell whether somebody drifted away: two missed in a row, or three silent days with plans."""
    if dropped(lived, today):
        return True
    past = list(days_until(lived, today - timedelta(days=1)))
    silent = [day for day in past if day.on >= today - _SILENT]
    told = any(one.on >= today - _SILENT for one in lived.told)
    return not told and bool(silent) and lived.plan.weeks[0].start <= today - _SILENT


def over(lived: Lived, today: date) -> bool:
    """Tell whether the last planned week is behind."""
    return today >= lived.plan.weeks[-1].start + _WEEK


def _placed(sessions: tuple[Session, ...]) -> Iterator[tuple[Session, int]]:
    """Number the sessions within their day."""
    for n, session in enumerate(sessions):
        yield session, sum(one.on == session.on for one in sessions[:n])


def _as_day(told: Told) -> Day:
    return Day(told.on, told.state, told.reason, told.amount)


def days_until(lived: Lived, today: date) -> Iterator[Day]:
    """Go through every session that was due, up to *today* where it was answered."""
    last = min(lived.week_on(today), len(lived.plan.weeks))
    for number in range(1, last + 1):
        for day in lived.days(number, today):
            if day.on <= today and day.state is not DayState.NOT_DUE:
                yield day


def best_day(days: list[Day]) -> int | None:
    """Find the weekday that goes better than every other; None while nothing tells them apart."""
    counted = [day for day in days if counts(day)]
    weekdays = {day.on.weekday() for day in counted}
    kept = {one: [d.state in KEPT for d in counted if d.on.weekday() == one] for one in weekdays}
    shares = {one: sum(states) / len(states) for one, states in kept.items()}
    best = max(shares, key=lambda one: shares[one], default=None)
    if best is None or len(shares) == 1 or sum(kept[best]) < _FEWEST_FOR_BEST:
        return None
    return best if sum(share == shares[best] for share in shares.values()) == 1 else None
