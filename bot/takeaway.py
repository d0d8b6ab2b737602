"""What somebody takes away: everything kept about them as JSON, and their plans as a calendar."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import calendar_file
from bot import kept as kept_goals
from bot.calendar_file import Planned
from bot.journey.house import Document
from bot.keeping import changing
from bot.kept import Kept
from bot.texts import weeks
from coach.lived import Lived
from coach.rules import unfolding
from coach.values import Plan
from coach.weeks import DayState
from storage import export, goals, plans
from storage.goals import Goal, GoalState
from storage.people import Person
from storage.transaction import Transaction


def documents(transaction: Transaction, person: Person, now: datetime) -> tuple[Document, ...]:
    """Make the files; the calendar only if there is a plan to put into it."""
    day = f"{now:%Y%m%d}"
    today = person.preferences.today(now.astimezone(ZoneInfo(person.time_zone or "UTC")))
    planned, days = list[Planned](), list[dict[str, Any]]()
    owned = goals.of(transaction, person)
    kept = kept_goals.of(transaction, person, owned)
    for goal in owned:
        newest = kept.plans.get(goal.id)
        if newest is not None:
            life = kept.life(goal, newest.plan)
            earlier = _earlier(transaction, person, goal, kept)
            described = _planned(goal, life, kept, person.language, today)
            planned.append(replace(described, earlier=earlier))
            days += _days(goal.id, life, today)
    told = {"exported_at": now.isoformat(), **export.of(transaction, person), "days": days}
    written = json.dumps(told, ensure_ascii=False, indent=2).encode()
    found = (Document(f"rein-export-{day}.json", written),)
    if not planned:
        return found
    calendar = calendar_file.write(planned, person.time_zone, now)
    return (*found, Document(f"rein-plan-{day}.ics", calendar))


def _days(goal_id: int, life: Lived, today: date) -> Iterator[dict[str, Any]]:
    """Tell what became of each session; "not due" and "not answered" are kept nowhere else."""
    for week in life.plan.weeks:
        for day in life.days(week.number, today):
            yield {"goal_id": goal_id, "on_date": day.on.isoformat(), "state": day.state}


def _planned(goal: Goal, life: Lived, kept: Kept, language: str, today: date) -> Planned:
    """Describe a plan; of a goal that is not active, for what is to leave their calendar."""
    resolution = kept.resolutions.get(goal.id)
    title = resolution.resolution.title if resolution else goal.understanding.text
    over = goal.state is not GoalState.ACTIVE
    became = _became(life, today, language)
    version = kept.plans[goal.id].version
    return Planned(goal.id, title, version, life.spelled_out(today), over=over, became=became)


def _became(life: Lived, today: date, language: str) -> dict[tuple[int, int], str]:
    """Say what became of the sessions that are behind, or were told of."""
    return {
        (week.number, place): f"{weeks.MARKS[day.state]} {weeks.name(day.state, language)}"
        for week in life.plan.weeks
        for place, day in enumerate(life.days(week.number, today))
        if day.state is not DayState.NOT_DUE
    }


def _earlier(transaction: Transaction, person: Person, goal: Goal, kept: Kept) -> tuple[Plan, ...]:
    """Read the versions before the newest, each with what was understood while it was the plan."""
    version = kept.plans[goal.id].version
    if version == 1:
        return ()
    sides = [changing.read(one.before) for one in kept.changes.get(goal.id, ())]
    understood = {side.plan: side.understanding for side in sides}
    older = (plans.at(transaction, person, goal.id, number) for number in range(1, version))
    return tuple(
        unfolding.spelled_out(one.plan, understood.get(one.version, goal.understanding))
        for one in older
        if one is not None
    )
