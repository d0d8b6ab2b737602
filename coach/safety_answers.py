"""Answers to a direct question about danger, about age, or about a talk to prepare."""

import re
from enum import StrEnum

from coach.rules import safety_words

_GROWN_UP = re.compile(r"(?<![\w.,])(?:1[89]|[2-9]\d)(?![\w.,]\d)(?! ?(?:kg|min|%|km|h\b))")


class Answer(StrEnum):
    """What an answer comes to. LOW: nothing is planned, but the mood is low."""

    YES = "yes"
    NO = "no"
    LOW = "low"
    UNCLEAR = "unclear"


def read(text: str) -> Answer:
    """Read an answer in words, in any language we have words of; a doubtful yes is a yes."""
    said = safety_words.folded(text)
    if _begins("answer_yes", said):
        return Answer.YES
    if _holds("answer_low", said):
        return Answer.LOW
    if _begins("answer_no", said) or _holds("answer_figure", said):
        return Answer.NO
    return Answer.UNCLEAR


def is_grown_up(text: str) -> bool:
    """Tell whether an answer about age names one of 18 or more."""
    return _GROWN_UP.search(text) is not None


def wants_to_prepare(text: str) -> bool:
    """Tell whether somebody takes up the offer to prepare a talk."""
    return _holds("answer_prepare", safety_words.folded(text))


def _begins(name: str, said: str) -> bool:
    return any(pattern.match(said) for pattern in safety_words.patterns(name))


def _holds(name: str, said: str) -> bool:
    return any(pattern.search(said) for pattern in safety_words.patterns(name))
