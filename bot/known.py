"""What is known of a person before a turn decides: their goals, and how far they came."""

from datetime import datetime

from bot.journey.events import GoalState, KnownGoal
from coach.values import Progress
from storage import goals, plans
from storage.people import Person
from storage.transaction import Transaction


def goals_of(transaction: Transaction, person: Person) -> tuple[KnownGoal, ...]:
    """Look up somebody's goals: those with a plan first, then in the order they came."""
    known: list[KnownGoal] = []
    for goal in goals.of(transaction, person):
        resolution = goals.resolution(transaction, person, goal.id)
        plan = plans.newest(transaction, person, goal.id)
        state = GoalState.PARKED
        if goal.state is goals.GoalState.ACTIVE:
            state = GoalState.ACTIVE if plan else GoalState.AGREED
        title = resolution.resolution.title if resolution else ""
        text = goal.understanding.text
        known.append(KnownGoal(goal.id, title, state, text, plan.plan if plan else None))
    return tuple(sorted(known, key=lambda one: one.state is not GoalState.ACTIVE))


def progress(goals: tuple[KnownGoal, ...], now: datetime, language: str) -> Progress:
    """Gather what a reply in *language* may say about the main goal."""
    main = next((goal for goal in goals if goal.plan is not None), None)
    if main is None or main.plan is None:
        return Progress(language=language)
    sessions = [session for week in main.plan.weeks for session in week.sessions]
    upcoming = [session for session in sessions if session.on >= now.date()]
    return Progress(
        title=main.title,
        minimum=main.plan.minimum,
        next_session=upcoming[0].text if upcoming else "",
        planned=len(sessions),
        weeks=sum(week.start <= now.date() for week in main.plan.weeks),
        language=language,
    )
