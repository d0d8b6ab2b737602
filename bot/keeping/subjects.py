"""What can be rated, as the storage names it."""

from bot.journey.events import Rated, Subject
from storage import subjects

KINDS = {
    Rated.RESOLUTION: subjects.SubjectKind.RESOLUTION,
    Rated.PLAN: subjects.SubjectKind.PLAN,
    Rated.REPLY: subjects.SubjectKind.REPLY,
    Rated.REVIEW: subjects.SubjectKind.REVIEW,
    Rated.FINISH: subjects.SubjectKind.FINISH,
}


def stored(subject: Subject) -> subjects.Subject:
    """Name a subject as the storage does."""
    kind, name = KINDS[subject.rated], str(subject.number)
    # What we said is named by its message's key, which tells its kind as well.
    return subjects.Subject(
        kind, f"{kind}:{name}" if kind in subjects.SAID else name, subject.version
    )
