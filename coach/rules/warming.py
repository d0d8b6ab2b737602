"""What the first text of a process would wait for: a few hundred patterns are compiled once."""

from datetime import UTC, datetime

from coach.rules import languages, understanding

_GOALS = {"en": "I want to run 5 km every Monday", "es": "quiero correr 5 km cada lunes"}
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def warm() -> None:
    """Read a goal in every language, so that no text pays for it: some tenths of a second."""
    for language in languages.supported():
        understanding.read(_GOALS[language], _ANY_DAY, language)
