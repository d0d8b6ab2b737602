"""The weeks of an outcome: own actions every week, and milestones on the way to the target."""

from dataclasses import replace

from coach.rules import amounts, calendar, paces, phrases, races, ramp, weights
from coach.rules.goal import Goal
from coach.rules.paces import Pace
from coach.rules.plans import frame, habit, payday
from coach.rules.plans.frame import Frame
from coach.rules.races import Race
from coach.rules.sentences import outcome, parts
from coach.values import GoalType, Quantity, Session, Week

_EASY_SHARE = 0.6  # of the long session
_MORE = 1.5  # what a session without a wished amount may grow to
_PHASES = 3
_CHECK_EVERY = 2
_TESTS_WEEKLY_FROM = 3  # weeks before the date
_TESTED = ("studying", "language", "coding")


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks; the first one has its sessions."""
    if goal.settled.activity.key in outcome.MONEY:
        return _last_named(goal, plan, payday.weeks(goal, plan))
    race = races.of(goal.u, goal.settled)
    if race:
        made = _race(goal, plan, race)
    elif (pace := paces.units(goal.u, goal.settled, goal.today)) and pace.per_session:
        made = units(goal, plan, pace)
    else:
        made = _practice(goal, plan)
    return _last_named(goal, plan, _with_checks(goal, plan, made))


def units(goal: Goal, plan: Frame, pace: Pace) -> tuple[Week, ...]:
    """Share countable units among the weeks; what is left of the last week is free."""
    t, behaviour = goal.t, goal.u.behaviour or parts.verb_phrase(goal)
    week_total = frame.figure(pace.per_week, pace.unit)
    made: list[Week] = []
    for number in range(1, plan.weeks + 1):
        spare = number > plan.work
        text = t("week.buffer") if spare else amounts.short(week_total, t)
        theme = t("theme.buffer" if spare else f"theme.work.{phase(number, plan)}")
        done = Quantity(min(pace.begun + pace.left, pace.begun + pace.per_week * number), pace.unit)
        mark = None
        if not spare and number % 4 == 0:
            mark = t("milestone.total", amount=amounts.said(done, t))
        plain = frame.week(plan, number, text, theme, None if spare else week_total)
        made.append(replace(plain, milestone=mark))
    return (replace(made[0], sessions=_shared(goal, plan, pace, behaviour)), *made[1:])


def _shared(goal: Goal, plan: Frame, pace: Pace, behaviour: str) -> tuple[Session, ...]:
    """Share the week's units among its days, the rest on the last day."""
    size = pace.per_session or pace.per_week
    first = frame.sessions(goal, plan, goal.settled.days, "", None)
    left, made = pace.per_week, list[Session]()
    for session in first:
        share = Quantity(min(size, left), pace.unit)
        left -= share.value
        if share.value > 0:
            text = _units_of(goal, behaviour, share)
            made.append(replace(session, amount=share, text=text))
    return tuple(made)


def _units_of(goal: Goal, behaviour: str, share: Quantity) -> str:
    if goal.u.goal_type is not GoalType.PROJECT:
        return parts.sized(goal, behaviour, share)
    whole = phrases.thing_of(behaviour, goal.u.language)
    return goal.t("session.units", amount=amounts.said(share, goal.t), thing=whole)


def phase(number: int, plan: Frame) -> int:
    """Return the third of the work a week is in: begin, go on, arrive."""
    return min(_PHASES, 1 + (number - 1) * _PHASES // max(1, plan.work))


def _race(goal: Goal, plan: Frame, race: Race) -> tuple[Week, ...]:
    t, activity = goal.t, goal.settled.activity
    whole = max(1, plan.left - paces.buffer_weeks(goal.u.goal_type, plan.left))
    longest = races.weekly(race, goal.settled, max(whole, plan.weeks))
    made: list[Week] = []
    for number in range(1, plan.weeks + 1):
        rest = number > plan.work
        lighter = rest or ramp.is_lighter(number, whole, activity)
        value = longest[number - 1] if not rest else longest[plan.work - 1] * _EASY_SHARE
        size = Quantity(amounts.rounded(value, race.unit), race.unit)
        theme = t("theme.lighter") if lighter else t(f"theme.work.{phase(number, plan)}")
        text = t("week.long", amount=amounts.short(size, t))
        made.append(replace(frame.week(plan, number, text, theme, size), lighter=lighter))
    return (replace(made[0], sessions=_easy_and_long(goal, plan, longest[0], race)), *made[1:])


def _easy_and_long(goal: Goal, plan: Frame, longest: float, race: Race) -> tuple[Session, ...]:
    t, made = goal.t, frame.sessions(goal, plan, goal.settled.days, "", None)
    easy = Quantity(amounts.rounded(longest * _EASY_SHARE, race.unit), race.unit)
    long = Quantity(longest, race.unit)
    sized = [(session, long if session is made[-1] else easy) for session in made]
    return tuple(
        replace(
            session,
            amount=size,
            text=t(
                "session.long" if size is long else "session.easy", amount=amounts.said(size, t)
            ),
        )
        for session, size in sized
    )


def _practice(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """Plan regular sessions of one's own action; effort for the body may grow a little."""
    wish, behaviour = parts.session_amount(goal), parts.verb_phrase(goal)
    if aim := repetitions(goal):
        own = habit.of_amount(goal, plan, aim, behaviour)
        return tuple(replace(week, theme=_theme(goal, plan, week)) for week in own)
    grows = goal.settled.activity.impact and wish and goal.u.amount is None
    if grows and wish and goal.settled.weekly is None:
        top = Quantity(amounts.rounded(wish.value * _MORE, wish.unit), wish.unit)
        return _growing(goal, plan, wish, top, behaviour)
    made = habit.of_amount(goal, plan, wish, behaviour)
    themed = [replace(week, theme=_theme(goal, plan, week)) for week in made]
    return (replace(themed[0], sessions=_recalling(goal, themed[0].sessions)), *themed[1:])


def repetitions(goal: Goal) -> Quantity | None:
    """Return the repetitions that a session is to have in the end; None for other aims."""
    aim = goal.u.target
    counted = goal.kind == "exercises" and aim is not None and amounts.base(aim.unit) == "reps"
    return Quantity(aim.value, "reps") if counted and aim else None


def _recalling(goal: Goal, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Begin and end a block of learning with what came before."""
    if goal.kind not in _TESTED:
        return sessions
    return tuple(replace(s, text=goal.t("session.recall", what=s.text)) for s in sessions)


def _growing(
    goal: Goal, plan: Frame, wish: Quantity, top: Quantity, behaviour: str
) -> tuple[Week, ...]:
    t, activity, unit = goal.t, goal.settled.activity, amounts.base(wish.unit)
    now = goal.u.baseline
    known = now and now.value and amounts.same_thing(now, wish)
    level = min(wish.value, now.value) if known and now else wish.value
    begin = amounts.rounded(level * goal.u.load, unit)
    sizes = ramp.ramp(begin, max(begin, top.value), plan.weeks, activity, unit)
    count = len(goal.settled.days)
    made: list[Week] = []
    for number, value in enumerate(sizes, start=1):
        size = Quantity(value, unit)
        text = t("week.sessions", count=count, amount=amounts.short(size, t))
        lighter = ramp.is_lighter(number, plan.weeks, activity)
        week = replace(frame.week(plan, number, text, "", size), lighter=lighter)
        made.append(replace(week, theme=_theme(goal, plan, week)))
    size = Quantity(sizes[0], unit)
    line = parts.sized(goal, behaviour, size)
    first = frame.sessions(goal, plan, goal.settled.days, line, size)
    return (replace(made[0], sessions=first), *made[1:])


def _theme(goal: Goal, plan: Frame, week: Week) -> str:
    if week.lighter:
        return goal.t("theme.lighter")
    if week.number > plan.work:
        return goal.t("theme.before_date")
    return goal.t(f"theme.work.{phase(week.number, plan)}")


def _with_checks(goal: Goal, plan: Frame, made: tuple[Week, ...]) -> tuple[Week, ...]:
    """Mark the weeks in which progress is looked at: tests for exams, figures for the rest."""
    return tuple(
        replace(week, milestone=week.milestone or _check(goal, plan, made[: week.number]))
        for week in made
    )


def _check(goal: Goal, plan: Frame, until: tuple[Week, ...]) -> str | None:
    number = len(until)
    if goal.settled.activity.key in _TESTED or goal.kind in _TESTED:
        weekly = plan.deadline is not None and plan.left - number < _TESTS_WEEKLY_FROM
        due = weekly or number % _CHECK_EVERY == 0
        return goal.t(f"milestone.{goal.kind}") if due else None
    if number % 4 or races.of(goal.u, goal.settled):
        return None
    figure = _so_many(goal, number) or _weight(goal, number) or _grown(goal, until)
    figure = figure or _on_the_way(goal, plan, number)
    return figure or goal.t("milestone.tried" if goal.kind == "practising" else "milestone.look")


def _weight(goal: Goal, number: int) -> str | None:
    """Say where the weight could stand by then, at a pace that lasts."""
    change = weights.of(goal.u)
    if change is None:
        return None
    key = "figure" if change.begun is not None else "gained" if change.gains else "lost"
    return goal.t(f"milestone.{key}", amount=amounts.said(change.by(number), goal.t))


def _so_many(goal: Goal, number: int) -> str | None:
    """Say how many there are by then, of what takes longer than a session."""
    pace = paces.units(goal.u, goal.settled, goal.today)
    if pace is None or pace.per_session:
        return None
    total = min(pace.begun + pace.left, pace.begun + pace.per_week * number)
    done = frame.figure(round(total), pace.unit)
    return goal.t("milestone.total", amount=amounts.said(done, goal.t))


def _grown(goal: Goal, until: tuple[Week, ...]) -> str | None:
    """Say how many repetitions the sessions have grown to by then: no more is practised."""
    most = max((week.figure.value for week in until if week.figure), default=0.0)
    if goal.u.baseline is None or not repetitions(goal) or not most:
        return None
    return goal.t("milestone.figure", amount=amounts.said(Quantity(most, "reps"), goal.t))


def _on_the_way(goal: Goal, plan: Frame, number: int) -> str | None:
    """Say where a figure could stand by now; a guide, no promise."""
    u, now = goal.u, goal.u.baseline
    if u.activity == "weight" or not u.target or not now or not amounts.same_thing(u.target, now):
        return None
    share = min(1.0, number / max(1, plan.left))
    value = amounts.rounded(now.value + share * (u.target.value - now.value), u.target.unit)
    return goal.t(
        "milestone.figure", amount=amounts.said(frame.figure(value, u.target.unit), goal.t)
    )


def _last_named(goal: Goal, plan: Frame, made: tuple[Week, ...]) -> tuple[Week, ...]:
    """Name the target in the week of its date."""
    if plan.deadline is None or not _holds(plan, made[-1]):
        return made
    aim = outcome.target(goal)
    return (*made[:-1], replace(made[-1], milestone=aim))


def _holds(plan: Frame, week: Week) -> bool:
    assert plan.deadline is not None
    return week.start <= plan.deadline < week.start + calendar.WEEK
