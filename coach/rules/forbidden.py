"""Words and shapes that no text of ours may hold."""

import re
from functools import cache

from coach.rules import normalise, phrasebook


def found(text: str, language: str = "en") -> tuple[str, ...]:
    """List the forbidden words a text holds."""
    straight = normalise.clean(text)
    return tuple(
        match[0] for pattern in _patterns(language) for match in pattern.finditer(straight)
    )


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    rows = phrasebook.table("forbidden", language)["patterns"]
    return tuple(re.compile(row, re.IGNORECASE | re.MULTILINE) for row in rows)
