"""Changes: what happened to a plan, set off by what, from what to what."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import insert, select

from storage import ids
from storage.origin import Origin
from storage.people import Person
from storage.tables.goals import CHANGE
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a goal's plan; *trigger* is a code, the rest the bot reads alone."""

    goal_id: int
    trigger: str
    evidence: bytes
    before: bytes
    after: bytes


def record(transaction: Transaction, person: Person, change: Change, origin: Origin) -> None:
    """Keep a change."""
    change_id = ids.new()
    row = {
        "id": change_id,
        "person_id": person.id,
        "goal_id": change.goal_id,
        "trigger": change.trigger,
        "evidence": person.words(str(change_id), change.evidence),
        "before": person.words(str(change_id), change.before),
        "after": person.words(str(change_id), change.after),
        "turn_id": origin.turn_id,
        "changed_at": origin.at,
    }
    transaction.run(insert(CHANGE).values(row))


def of_goals(
    transaction: Transaction, person: Person, goal_ids: Collection[int]
) -> dict[int, list[Change]]:
    """List the changes of goals, by goal, the oldest first."""
    theirs = select(CHANGE).where(CHANGE.c.goal_id.in_(goal_ids), CHANGE.c.person_id == person.id)
    found: dict[int, list[Change]] = {}
    for row in transaction.run(theirs.order_by(CHANGE.c.changed_at, CHANGE.c.id)):
        words = (
            sealed.open(person.key, str(row.id)) for sealed in (row.evidence, row.before, row.after)
        )
        found.setdefault(row.goal_id, []).append(Change(row.goal_id, row.trigger, *words))
    return found
