"""Questions about Rein itself, answered in fixed sentences; any other is beyond us."""

import re
from functools import cache
from typing import Any

from coach.catalogue import texts
from coach.rules import phrasebook

UNKNOWN_TOPIC = "faq.unknown"


def is_question(text: str, language: str = "en") -> bool:
    """Tell whether a text asks for an answer; a goal or a change asked for politely does not."""
    plain = phrasebook.plain(text)
    begins = _opening("question", language).match(plain) is not None
    polite = _opening("no_question", language).match(plain) is not None
    if not begins or polite or _is_wish(plain, language):
        return False
    return "?" in plain or topic(text, language) is not None


def is_puzzled(text: str, language: str = "en") -> bool:
    """Tell whether a text asks nothing but what we mean, or why we ask."""
    return _puzzled(language).fullmatch(phrasebook.plain(text)) is not None


def topic(text: str, language: str = "en") -> str | None:
    """Name what a question is about; None when it is nothing we can speak of."""
    plain = phrasebook.plain(text)
    if _is_wish(plain, language):
        return None
    rows = ((row["name"], _topic(language, n)) for n, row in enumerate(_topics(language)))
    return next((name for name, pattern in rows if pattern.search(plain)), None)


def answer(text: str, language: str = "en", with_model: bool = False) -> str | None:
    """Answer a question about Rein; None for any other. *with_model*: a model words replies."""
    found = topic(text, language)
    if found is None:
        return None
    if found == "model":
        found = "model.on" if with_model else "model.off"
    return texts(language)(f"faq.{found}")


def unknown(language: str) -> str:
    """Say that a question is beyond us."""
    return texts(language)(UNKNOWN_TOPIC)


def _topics(language: str) -> list[dict[str, Any]]:
    return phrasebook.table("faq", language)["topic"]


@cache
def _topic(language: str, n: int) -> re.Pattern[str]:
    return phrasebook.any_of(_topics(language)[n]["any"])


def _is_wish(plain: str, language: str) -> bool:
    return _wish(language).search(plain) is not None


@cache
def _wish(language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("faq", language)["wish"])


@cache
def _puzzled(language: str) -> re.Pattern[str]:
    rows = phrasebook.table("faq", language)
    return re.compile(rf"\W*(?:{rows['lead']}\W+)*(?:{'|'.join(rows['puzzled'])})\W*")


@cache
def _opening(name: str, language: str) -> re.Pattern[str]:
    rows = phrasebook.table("faq", language)
    return re.compile(rf"\W*(?:{rows['lead']}\W+)*(?:{'|'.join(rows[name])})(?!\w)")
