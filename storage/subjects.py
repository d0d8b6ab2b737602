"""Subjects: what can be shown, scored and rated, by kind, id and version."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, delete, select

from storage import ids
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.record import EVALUATION, MESSAGE, RATING
from storage.transaction import Transaction


class SubjectKind(StrEnum):
    """What a subject is."""

    RESOLUTION = "resolution"
    PLAN = "plan"
    REPLY = "reply"
    REVIEW = "review"
    FINISH = "finish"


SAID = frozenset({SubjectKind.REPLY, SubjectKind.REVIEW, SubjectKind.FINISH})
"""Subjects that are messages of ours."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of a resolution or plan (*id* is its goal's) or a message of ours (its key)."""

    kind: SubjectKind
    id: str
    version: int = 1

    def among(
        self, kind: ColumnElement[str], key: ColumnElement[str], version: ColumnElement[int]
    ) -> ColumnElement[bool]:
        """Say in SQL that three columns name this subject."""
        return and_(kind == self.kind, key == self.id, version == self.version)


def maker(transaction: Transaction, person_id: int, subject: Subject) -> str | None:
    """Name the turn that made a subject; None if there is none such of this person's.

    A subject may come from a forged button: any kind of nonsense is answered with None.
    """
    if subject.kind not in SAID and not _is_row_id(subject.id):
        return None
    return transaction.run(_made_by(person_id, subject)).scalar()


def forget(transaction: Transaction, person_id: int, goal_id: str) -> None:
    """Delete the scores and stars of everything made for a goal."""
    kinds = (SubjectKind.RESOLUTION, SubjectKind.PLAN)
    for table in (EVALUATION, RATING):
        theirs = delete(table).where(
            table.c.person_id == person_id,
            table.c.object_id == goal_id,
            table.c.object_kind.in_(kinds),
        )
        transaction.run(theirs)


def _is_row_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:20]) <= ids.LARGEST


def _made_by(person_id: int, subject: Subject) -> Select[tuple[str]]:
    if subject.kind in SAID:
        return select(MESSAGE.c.turn_id).where(
            MESSAGE.c.person_id == person_id,
            subject.among(MESSAGE.c.object_kind, MESSAGE.c.object_id, MESSAGE.c.object_version),
            MESSAGE.c.direction == "out",
        )
    table = RESOLUTION if subject.kind is SubjectKind.RESOLUTION else PLAN
    return select(table.c.turn_id).where(
        table.c.person_id == person_id,
        table.c.goal_id == int(subject.id),
        table.c.version == subject.version,
    )
