"""What somebody takes away: everything kept about them as JSON, and their plans as a calendar."""

import json
from datetime import datetime

from bot import calendar_file
from bot.calendar_file import Planned
from bot.journey.house import Document
from storage import export, goals, plans
from storage.goals import GoalState
from storage.people import Person
from storage.transaction import Transaction


def documents(transaction: Transaction, person: Person, now: datetime) -> tuple[Document, ...]:
    """Make the files; the calendar only if there is a plan to put into it."""
    day = f"{now:%Y%m%d}"
    found = (Document(f"rein-export-{day}.json", _json(transaction, person, now)),)
    planned = _planned(transaction, person)
    if not planned:
        return found
    calendar = calendar_file.write(planned, person.time_zone, now)
    return (*found, Document(f"rein-plan-{day}.ics", calendar))


def _json(transaction: Transaction, person: Person, now: datetime) -> bytes:
    kept = {"exported_at": now.isoformat(), **export.of(transaction, person)}
    return json.dumps(kept, ensure_ascii=False, indent=2).encode()


def _planned(transaction: Transaction, person: Person) -> list[Planned]:
    found: list[Planned] = []
    for goal in goals.of(transaction, person):
        plan = plans.newest(transaction, person, goal.id)
        if plan is not None and goal.state is GoalState.ACTIVE:
            resolution = goals.resolution(transaction, person, goal.id)
            title = resolution.resolution.title if resolution else goal.understanding.text
            found.append(Planned(goal.id, title, plan.version, plan.plan))
    return found
