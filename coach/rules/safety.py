"""Safety triage by rules: what a text tells of danger.

Word lists find plain statements and miss hints; nobody should be told that danger is
detected. The patterns are data (`words/safety`), one file a language, all of them read on
every text. Figures of speech are taken out first.
"""

import re

from coach.rules import safety_words
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
    return next((key for key, found in safety_words.notes() if found.search(literal)), None)


def _literal(text: str) -> str:
    """Return *text* without its figures of speech."""
    literal = safety_words.folded(text)
    for figures in safety_words.patterns("figures"):
        literal = figures.sub(" _ ", literal)
    return literal


def _found(name: str, literal: str) -> bool:
    return any(pattern.search(literal) for pattern in safety_words.patterns(name))
