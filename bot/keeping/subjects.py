"""What can be rated, as the storage names it, and back."""

from bot.journey.events import Rated, Subject
from storage import subjects

KINDS = {
    Rated.RESOLUTION: subjects.SubjectKind.RESOLUTION,
    Rated.PLAN: subjects.SubjectKind.PLAN,
    Rated.REPLY: subjects.SubjectKind.REPLY,
    Rated.REVIEW: subjects.SubjectKind.REVIEW,
    Rated.FINISH: subjects.SubjectKind.FINISH,
    Rated.PROGRESS: subjects.SubjectKind.PROGRESS,
    Rated.SESSION: subjects.SubjectKind.SESSION,
}
_RATED = {kind: rated for rated, kind in KINDS.items()}


def stored(subject: Subject) -> subjects.Subject:
    """Name a subject as the storage does."""
    kind, name = KINDS[subject.rated], str(subject.number)
    if subject.on is not None:
        name = subjects.progress_id(subject.number, subject.on, subject.place)
    elif kind in subjects.SAID:  # named by its message's key, which tells its kind as well
        name = f"{kind}:{name}"
    return subjects.Subject(kind, name, subject.version)


def said(subject: subjects.Subject) -> Subject | None:
    """Name a message of ours as the journey does; None for any other subject."""
    if subject.kind not in subjects.SAID:
        return None
    number = int(subject.id.removeprefix(f"{subject.kind}:"))
    return Subject(_RATED[subject.kind], number, subject.version)
