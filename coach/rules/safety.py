"""Safety triage by rules: what a text tells of danger.

Word lists find plain statements and miss hints; nobody should be told that danger is
detected. The patterns are data (`words/safety`), one file a language, all of them read on
every text. Figures of speech are taken out first.
"""

import re
from functools import cache

from coach.rules import lexicon, normalise
from coach.values import Danger, Safety

_LAUGHING = re.compile(r"(?<!\w)(?:lol|lmao|rofl|haha\w*|jk|just kidding)(?!\w)|[😂🤣😅]")

# From the most urgent down. Self-harm appears twice: plain words, then hints.
_ORDER: tuple[tuple[str, Safety], ...] = (
    ("immediate", Safety(Danger.IMMEDIATE_DANGER)),
    ("hard", Safety(Danger.SELF_HARM)),
    ("soft", Safety(Danger.SELF_HARM, soft=True)),
    ("violence_victim", Safety(Danger.VIOLENCE_VICTIM)),
    ("harm_others", Safety(Danger.HARM_OTHERS)),
    ("illegal", Safety(Danger.ILLEGAL)),
    ("eating_disorder", Safety(Danger.EATING_DISORDER)),
    ("dependence", Safety(Danger.DEPENDENCE)),
    ("medical", Safety(Danger.MEDICAL)),
    ("minor", Safety(Danger.MINOR)),
    ("minor_unclear", Safety(Danger.MINOR, soft=True)),
    ("heavy", Safety(Danger.HEAVY)),
)


def triage(text: str, cleared: bool = False) -> Safety:
    """Return the most serious danger *text* tells of; *cleared* leaves out the hints."""
    literal = _literal(text)
    for name, safety in _ORDER:
        laughed = name == "hard" and _LAUGHING.search(literal) is not None
        soft = safety.soft or laughed
        if not (cleared and soft) and _found(name, literal):
            return Safety(safety.danger, soft)
    return Safety(Danger.CAUTION) if note(text) else Safety()


def note(text: str) -> str | None:
    """Return the key of the one-line health note a goal needs: alcohol, smoking, weight, doctor."""
    literal = _literal(text)
    keys = lexicon.table("safety/en")["caution"]
    found = (key for key in keys if lexicon.pattern("safety/en", "caution", key).search(literal))
    return next(found, None)


def _literal(text: str) -> str:
    return lexicon.pattern("safety/en", "figures").sub(" _ ", normalise.folded(text))


def _found(name: str, literal: str) -> bool:
    return any(pattern.search(literal) for pattern in _patterns(name))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Compile one class for all languages; only English patterns are tied to a word's start."""
    english = (lexicon.pattern("safety/en", name),)
    tables = (lexicon.table(f"safety/{one}") for one in lexicon.safety_languages() if one != "en")
    return english + tuple(
        lexicon.either(rows[name], whole=False) for rows in tables if name in rows
    )
