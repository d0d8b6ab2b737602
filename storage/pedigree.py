"""Pedigrees: who made a subject, from which prompt, in which turn and trace."""

from dataclasses import dataclass

from sqlalchemy import select

from storage import subjects
from storage.subjects import SAID, Subject, SubjectKind
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.record import MODEL_CALL, TURN
from storage.transaction import Transaction

STEPS = {
    SubjectKind.REPLY: ("coaching_reply", "rewrite_reply"),
    SubjectKind.REVIEW: ("adapt_week",),
}
"""Which steps of the coach a message of ours comes from."""


@dataclass(frozen=True, slots=True)
class Pedigree:
    """Where a subject comes from; *trace_id* is None where its turn was not traced."""

    turn_id: str
    trace_id: str | None = None
    mode: str = ""
    prompt_version: str = ""
    variant: str = ""


def of(transaction: Transaction, person_id: int, subject: Subject) -> Pedigree | None:
    """Read where a subject comes from; None if there is none such of this person's."""
    turn_id = subjects.maker(transaction, person_id, subject)
    if turn_id is None:
        return None
    if subject.kind not in SAID:
        return _of_object(transaction, subject)
    return _of_message(transaction, subject.kind, turn_id)


def _of_object(transaction: Transaction, subject: Subject) -> Pedigree:
    table = (RESOLUTION if subject.kind is SubjectKind.RESOLUTION else PLAN).c
    made = select(
        table.turn_id, table.trace_id, table.mode, table.prompt_version, table.variant
    ).where(table.goal_id == int(subject.id), table.version == subject.version)
    return Pedigree(*transaction.run(made).one())


def _of_message(transaction: Transaction, kind: SubjectKind, turn_id: str) -> Pedigree:
    """Find the call that a message came from: the turn's last one of its step that went well."""
    call = MODEL_CALL.c
    traced = select(TURN.c.trace_id).where(TURN.c.id == turn_id)
    trace_id = transaction.run(traced).scalar()
    made = (
        select(call.mode, call.prompt_version, call.variant)
        .where(call.turn_id == turn_id, call.step.in_(STEPS.get(kind, ())), call.error.is_(None))
        .order_by(call.id.desc())
        .limit(1)
    )
    row = transaction.run(made).one_or_none()
    return Pedigree(turn_id, trace_id, *(row or ()))
