"""Scores of a coaching reply: to the point, about this person, and with a next step."""

import re
from dataclasses import dataclass

from coach.rules import forbidden, intents
from coach.values import Progress, Reply

_MOST_WORDS = 60
_CHOICE = re.compile(
    r"\b(or|if you like|would you|shall (i|we)|could|which|what|how)\b", re.IGNORECASE
)
_STEP = re.compile(
    r"\b(today|tomorrow|now|next|first|minutes?|this week|move|try|start)\b", re.IGNORECASE
)
_COMMON = frozenset(
    ("that", "this", "with", "have", "about", "your", "from", "what", "when", "just")
)
_TONE_MOST = 2.0

Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply in its place: what was said before it and what is known."""

    reply: Reply
    message: str
    progress: Progress
    recent: tuple[str, ...] = ()


def parts(said: Exchange) -> dict[str, Parts]:
    """Return the points of each dimension by what they were given for."""
    return {
        "relevance": _relevance(said),
        "personalization": _personalization(said),
        "motivation": _motivation(said),
    }


def _relevance(said: Exchange) -> Parts:
    text = said.reply.text
    same_intent = said.reply.intent == intents.of(said.message)
    return (
        ("names_it", 3.0 * (_names_goal(said) or same_intent)),
        ("answers", 3.0 * (same_intent or bool(_words(text) & _words(said.message)))),
        ("no_other_topic", 2.0),
        ("short", 1.0 * (len(text.split()) <= _MOST_WORDS)),
        ("one_question", 1.0 * (text.count("?") <= 1)),
    )


def _names_goal(said: Exchange) -> bool:
    return bool(
        _words(said.reply.text) & _words(f"{said.progress.title} {said.progress.next_session}")
    )


def _personalization(said: Exchange) -> Parts:
    facts = _facts(said)
    counted = str(said.progress.done) in re.findall(r"\d+", said.reply.text)
    return (
        ("fact", 4.0 * (facts >= 1)),
        ("second_fact", 2.0 * (facts >= 2)),
        ("progress", 2.0 * (counted and said.progress.done > 0)),
        ("language", 1.0),
        ("fresh", 1.0 * (said.reply.text not in said.recent)),
    )


def _facts(said: Exchange) -> int:
    """Count the known facts a reply uses."""
    text, p = said.reply.text.lower(), said.progress
    known = [value for value in (p.title, p.minimum, p.next_session) if value]
    used = sum(value.lower() in text for value in known)
    used += f"{p.done} of {p.planned}" in text or (p.done > 0 and f"{p.done} session" in text)
    quoted = _words(text) & _words(said.message)
    return used + (len(quoted) >= 2)


def _motivation(said: Exchange) -> Parts:
    text = said.reply.text
    earned: Parts = (
        ("reflection", 3.0 * (re.match(r"[^?]+[.!:]", text) is not None)),
        ("choice", 2.0 * (_CHOICE.search(text) is not None)),
        ("next_step", 3.0 * (_STEP.search(text) is not None)),
        ("evidence", 1.0 * (said.progress.done > 0 and str(said.progress.done) in text)),
        ("tone", 1.0),
    )
    over = sum(points for _, points in earned) - _TONE_MOST
    return (*earned[:-1], ("tone", -over)) if forbidden.found(text) else earned


def _words(text: str) -> set[str]:
    found = re.findall(r"[a-z]{4,}", text.lower())
    return {word for word in found if word not in _COMMON}
