"""Safety triage by rules: what a text tells of danger.

Word lists find plain statements and miss hints; nobody should be told that danger is
detected. The patterns are data (`words/safety`), one file a language, all of them read on
every text. Figures of speech are taken out first.
"""

import re
from dataclasses import replace

from coach.rules import safety_words
from coach.rules.one_reading import once, reading
from coach.values import Danger, Safety

_LAUGHING = re.compile(r"(?<!\w)(?:lol|lmao|rofl|haha\w*|jk|just kidding)(?!\w)|[😂🤣😅]")

_LIGHT = "light"
_LOSS = "loss"
_LOW_FOR_HEIGHT = 20  # kilograms by squared metre
_HEIGHT = re.compile(r"(?<![\w.,])([12])[.,]?(\d\d) ?(?:m|cm|metres?|meters?|metros?)(?!\w)")
_WEIGHT = re.compile(r"(?<![\w.,])([3-9]\d|1\d\d)(?:[.,]\d)? ?(?:kgs?|kilos?|kilogram\w*)(?!\w)")

# From the most urgent down. Self-harm appears twice: plain words, then hints.
_ORDER: tuple[tuple[str, Safety], ...] = (
    ("immediate", Safety(Danger.IMMEDIATE_DANGER)),
    ("hard", Safety(Danger.SELF_HARM)),
    ("soft", Safety(Danger.SELF_HARM, soft=True)),
    ("violence_victim", Safety(Danger.VIOLENCE_VICTIM)),
    ("harm_others_bare", Safety(Danger.HARM_OTHERS, kind="bare")),
    ("harm_others", Safety(Danger.HARM_OTHERS)),
    ("illegal", Safety(Danger.ILLEGAL)),
    ("eating_disorder", Safety(Danger.EATING_DISORDER)),
    (_LIGHT, Safety(Danger.EATING_DISORDER)),
    ("weight_target", Safety(Danger.EATING_DISORDER, kind="weight")),
    ("dependence", Safety(Danger.DEPENDENCE)),
    ("medical_symptoms", Safety(Danger.MEDICAL, kind="symptoms")),
    ("medical_pregnancy", Safety(Danger.MEDICAL, kind="pregnancy")),
    ("medical_fasting", Safety(Danger.MEDICAL, kind="fasting")),
    ("medical", Safety(Danger.MEDICAL)),
    ("minor", Safety(Danger.MINOR)),
    ("minor_unclear", Safety(Danger.MINOR, soft=True)),
    (_LOSS, Safety(Danger.HEAVY, kind="loss")),
    ("heavy", Safety(Danger.HEAVY)),
)


@reading
def triage(text: str, cleared: bool = False) -> Safety:
    """Return the most serious danger *text* tells of; *cleared* leaves out the hints."""
    literal = _literal(text)
    for name, safety in _ORDER:
        laughed = name == "hard" and _LAUGHING.search(literal) is not None
        soft = safety.soft or laughed
        if not (cleared and soft) and _tells(name, text, literal):
            return replace(safety, soft=soft)
    return Safety(Danger.CAUTION) if note(text) else Safety()


def note(text: str) -> str | None:
    """Return the key of the one-line health note a goal needs: alcohol, smoking, weight, doctor."""
    literal = _literal(text)
    return next((key for key, found in safety_words.notes() if found.search(literal)), None)


@once
def _literal(text: str) -> str:
    """Return *text* without its figures of speech."""
    literal = safety_words.folded(text)
    for figures in safety_words.patterns("figures"):
        literal = figures.sub(" _ ", literal)
    return literal


def _tells(name: str, text: str, literal: str) -> bool:
    """Tell whether a class matches; a death is told in the words that figures of speech share."""
    if name == _LIGHT:
        return _is_light(literal)
    if name == _LOSS:  # not "my uncle died of lung cancer, so I want to quit smoking"
        told = safety_words.folded(text)
        return _found(_LOSS, told) and not _found("goal_beside", told)
    return _found(name, literal)


def _found(name: str, literal: str) -> bool:
    return any(pattern.search(literal) for pattern in safety_words.patterns(name))


def _is_light(literal: str) -> bool:
    """Tell whether a text names a height and a weight that is low for it."""
    height, weights = _HEIGHT.search(literal), _WEIGHT.findall(literal)
    if height is None or not weights:
        return False
    metres = float(f"{height[1]}.{height[2]}")
    return any(float(one) / metres**2 < _LOW_FOR_HEIGHT for one in weights)
