"""What can be rated, as the storage names it."""

from bot.journey.events import Rated, Subject
from storage import subjects

KINDS = {
    Rated.RESOLUTION: subjects.SubjectKind.RESOLUTION,
    Rated.PLAN: subjects.SubjectKind.PLAN,
}


def stored(subject: Subject) -> subjects.Subject:
    """Name a subject as the storage does."""
    return subjects.Subject(KINDS[subject.rated], str(subject.goal), subject.version)
