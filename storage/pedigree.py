"""Pedigrees: who made a subject, from which prompt, in which turn and trace."""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select

from coach.values import RULES, RULES_VERSION, Drafted, Scores
from storage import subjects
from storage.subjects import Subject, SubjectKind
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.lived import CHECK_IN_ANSWER
from storage.tables.record import MODEL_CALL, TURN
from storage.transaction import Transaction

T = TypeVar("T")
Made = Select[Any, Any, Any]
"""Who made something: mode, prompt version, variant."""

SPOKEN = ("coaching_reply", "rewrite_reply")
STEPS = {
    SubjectKind.REPLY: SPOKEN,
    SubjectKind.REVIEW: ("adapt_week",),
}
"""Which steps of the coach a message of ours comes from."""

WHOLE = frozenset({SubjectKind.FINISH, SubjectKind.SESSION})
"""What somebody rates when they look back on all of it."""


@dataclass(frozen=True, slots=True)
class Pedigree:
    """Where a subject comes from; *trace_id* is None where its turn was not traced.

    The whole comes from many prompts: the newest reply stands for it. How a session went comes
    from the plan it was planned in; its turn and trace are the ones in which it was told.
    """

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
    if subject.kind in {SubjectKind.RESOLUTION, SubjectKind.PLAN}:
        return _of_object(transaction, subject)
    if subject.kind is SubjectKind.PROGRESS:
        made = _plan_of(subject)
    elif subject.kind in WHOLE:
        made = _call_of(SPOKEN).where(MODEL_CALL.c.person_id == person_id)
    else:
        made = _call_of(STEPS[subject.kind]).where(MODEL_CALL.c.turn_id == turn_id)
    trace_id = transaction.run(select(TURN.c.trace_id).where(TURN.c.id == turn_id)).scalar()
    row = transaction.run(made.limit(1)).one_or_none()
    if row is None and subject.kind is SubjectKind.REVIEW:  # what no model worded, the rules did
        return Pedigree(turn_id, trace_id, RULES, RULES_VERSION)
    return Pedigree(turn_id, trace_id, *(row or ()))


def again(made: Pedigree, work: T, scores: Scores) -> Drafted[T]:
    """Draft anew what was made before: it stays what it was, from the trace it came from."""
    mode, version, variant = made.mode, made.prompt_version, made.variant
    return Drafted(work, scores, mode, version, variant=variant, trace_id=made.trace_id)


def _of_object(transaction: Transaction, subject: Subject) -> Pedigree:
    table = (RESOLUTION if subject.kind is SubjectKind.RESOLUTION else PLAN).c
    made = select(
        table.turn_id, table.trace_id, table.mode, table.prompt_version, table.variant
    ).where(table.goal_id == int(subject.id), table.version == subject.version)
    return Pedigree(*transaction.run(made).one())


def _call_of(steps: tuple[str, ...]) -> Made:
    """Ask for the newest call of one of these steps.

    Where a model's came to nothing, the rules' follows it; one that was stopped or cut is kept.
    """
    call = MODEL_CALL.c
    made = select(call.mode, call.prompt_version, call.variant)
    return made.where(call.step.in_(steps)).order_by(call.id.desc())


def _plan_of(progress: Subject) -> Made:
    """Ask for the plan that a session was planned in: the newest when it was told of."""
    told, plan = CHECK_IN_ANSWER.c, PLAN.c
    return (
        select(plan.mode, plan.prompt_version, plan.variant)
        .join_from(CHECK_IN_ANSWER, PLAN, plan.goal_id == told.goal_id)
        .where(subjects.is_told_of(progress), plan.created_at <= told.answered_at)
        .order_by(plan.version.desc())
    )
