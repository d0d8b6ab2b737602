"""What the first text of a process would wait for: a few hundred patterns are compiled once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from coach.rules import extraction, languages, normalise, safety, understanding

_GOALS = {"en": "I want to run 5 km every Monday", "es": "quiero correr 5 km cada lunes"}
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def steps() -> Iterator[Callable[[], object]]:
    """Give what to call, so that no text pays for it: some tenths of a second of work each."""
    yield partial(safety.triage, _GOALS["en"])
    for language in languages.supported():
        line = normalise.one_line(_GOALS[language])
        yield partial(extraction.look, line, _ANY_DAY.date(), language)
        yield partial(understanding.read, _GOALS[language], _ANY_DAY, language)
