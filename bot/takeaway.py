"""What somebody takes away: everything kept about them as JSON, and their plans as a calendar."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import calendar_file, known
from bot.calendar_file import Planned
from bot.journey.house import Document
from bot.keeping import changing
from coach.rules import unfolding
from coach.values import Plan
from storage import changes, export, goals, plans
from storage.goals import Goal, GoalState
from storage.people import Person
from storage.transaction import Transaction


def documents(transaction: Transaction, person: Person, now: datetime) -> tuple[Document, ...]:
    """Make the files; the calendar only if there is a plan to put into it."""
    day = f"{now:%Y%m%d}"
    found = (Document(f"rein-export-{day}.json", _json(transaction, person, now)),)
    planned = _planned(transaction, person, now)
    if not planned:
        return found
    calendar = calendar_file.write(planned, person.time_zone, now)
    return (*found, Document(f"rein-plan-{day}.ics", calendar))


def _json(transaction: Transaction, person: Person, now: datetime) -> bytes:
    kept = {"exported_at": now.isoformat(), **export.of(transaction, person)}
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def _planned(transaction: Transaction, person: Person, now: datetime) -> list[Planned]:
    """List every plan; of goals that are not active, for what is to leave their calendar."""
    found: list[Planned] = []
    here = ZoneInfo(person.time_zone or "UTC")
    today = person.preferences.today(now.astimezone(here))
    for goal in goals.of(transaction, person):
        newest = plans.newest(transaction, person, goal.id)
        if newest is None:
            continue
        resolution = goals.resolution(transaction, person, goal.id)
        title = resolution.resolution.title if resolution else goal.understanding.text
        plan = known.life_of(transaction, person, goal, newest.plan).spelled_out(today)
        earlier = _earlier(transaction, person, goal, newest.version)
        over = goal.state is not GoalState.ACTIVE
        found.append(Planned(goal.id, title, newest.version, plan, earlier, over))
    return found


def _earlier(
    transaction: Transaction, person: Person, goal: Goal, version: int
) -> tuple[Plan, ...]:
    """Read the versions before that one, each with what was understood while it was the plan."""
    if version == 1:
        return ()
    sides = [changing.read(one.before) for one in changes.of_goal(transaction, person, goal.id)]
    understood = {side.plan: side.understanding for side in sides}
    kept = (plans.at(transaction, person, goal.id, number) for number in range(1, version))
    return tuple(
        unfolding.spelled_out(one.plan, understood.get(one.version, goal.understanding))
        for one in kept
        if one is not None
    )
