"""Subjects: what can be shown, scored and rated, by kind, id and version."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, delete, false, or_, select

from storage import ids
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.lived import CHECK_IN_ANSWER
from storage.tables.people import FEEDBACK
from storage.tables.record import EVALUATION, MESSAGE, RATING
from storage.transaction import Transaction


class SubjectKind(StrEnum):
    """What a subject is."""

    RESOLUTION = "resolution"
    PLAN = "plan"
    REPLY = "reply"
    REVIEW = "review"
    FINISH = "finish"
    PROGRESS = "progress"
    SESSION = "session"


SAID = frozenset({
    SubjectKind.REPLY, SubjectKind.REVIEW, SubjectKind.FINISH, SubjectKind.SESSION,
})  # fmt: skip
"""Subjects that are messages of ours; a coaching session is the one that asked about it."""

_PROGRESS = re.compile(r"([0-9]{1,19}):([0-9]{4}-[0-9]{2}-[0-9]{2}):([0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of something shown, scored or rated.

    *id* is the goal's of a resolution or plan, the key of a message of ours, or `progress_id`
    of what somebody told of a planned session, whose version counts corrections.
    """

    kind: SubjectKind
    id: str
    version: int = 1

    def among(
        self, kind: ColumnElement[str], key: ColumnElement[str], version: ColumnElement[int]
    ) -> ColumnElement[bool]:
        """Say in SQL that three columns name this subject."""
        return and_(kind == self.kind, key == self.id, version == self.version)


def progress_id(goal_id: int, on: date, place: int) -> str:
    """Name the *place*-th session that a goal had planned for a day."""
    return f"{goal_id}:{on}:{place}"


def maker(transaction: Transaction, person_id: int, subject: Subject) -> str | None:
    """Name the turn that made a subject; None if there is none such of this person's.

    A subject may come from a forged button: any kind of nonsense is answered with None.
    """
    made_by = _made_by(person_id, subject)
    return None if made_by is None else transaction.run(made_by).scalar()


def is_told_of(progress: Subject) -> ColumnElement[bool]:
    """Say in SQL which answer a subject of progress is; none, where its id is nonsense."""
    found, told = _PROGRESS.fullmatch(progress.id), CHECK_IN_ANSWER.c
    day = None
    if found is not None and _is_row_id(found[1]):
        with suppress(ValueError):
            day = date.fromisoformat(found[2])
    if found is None or day is None:
        return false()
    return and_(
        told.goal_id == int(found[1]),
        told.on_date == day,
        told.place == int(found[3]),
        told.version == progress.version,
    )


def forget(transaction: Transaction, person_id: int, goal_id: int) -> None:
    """Delete the scores, ratings and comments of everything made and told for a goal."""
    made = (SubjectKind.RESOLUTION, SubjectKind.PLAN)
    for table in (EVALUATION, RATING, FEEDBACK):
        about = table.c
        of_goal = and_(about.object_kind.in_(made), about.object_id == str(goal_id))
        told = and_(
            about.object_kind == SubjectKind.PROGRESS, about.object_id.startswith(f"{goal_id}:")
        )
        transaction.run(delete(table).where(about.person_id == person_id, or_(of_goal, told)))


def forget_progress(transaction: Transaction, person_id: int, progress: str) -> None:
    """Delete the ratings and comments of one session, whatever was told of it."""
    for table in (RATING, FEEDBACK):
        theirs = delete(table).where(
            table.c.person_id == person_id,
            table.c.object_kind == SubjectKind.PROGRESS,
            table.c.object_id == progress,
        )
        transaction.run(theirs)


def _is_row_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:20]) <= ids.LARGEST


def _made_by(person_id: int, subject: Subject) -> Select[tuple[str]] | None:
    if subject.kind in SAID:
        return select(MESSAGE.c.turn_id).where(
            MESSAGE.c.person_id == person_id,
            subject.among(MESSAGE.c.object_kind, MESSAGE.c.object_id, MESSAGE.c.object_version),
            MESSAGE.c.direction == "out",
        )
    if subject.kind is SubjectKind.PROGRESS:
        mine = CHECK_IN_ANSWER.c.person_id == person_id
        return select(CHECK_IN_ANSWER.c.turn_id).where(mine, is_told_of(subject))
    if not _is_row_id(subject.id):
        return None
    table = RESOLUTION if subject.kind is SubjectKind.RESOLUTION else PLAN
    return select(table.c.turn_id).where(
        table.c.person_id == person_id,
        table.c.goal_id == int(subject.id),
        table.c.version == subject.version,
    )
