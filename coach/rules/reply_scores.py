"""Scores of a coaching reply: to the point, about this person, and with a next step."""

import re
from dataclasses import dataclass
from functools import cache

from coach.catalogue import texts
from coach.rules import forbidden, intents, phrasebook
from coach.values import Progress, Reply

_MOST_WORDS = 60
_TOLD = re.compile(r"[^\W\d_]{4,}")
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
    same_intent = said.reply.intent == intents.of(said.message, said.progress.language)
    return (
        ("names_it", 3.0 * _names_goal(said)),
        ("answers", 3.0 * (same_intent or bool(_words(text, said) & _words(said.message, said)))),
        ("no_other_topic", 2.0),
        ("short", 1.0 * (len(text.split()) <= _MOST_WORDS)),
        ("one_question", 1.0 * (text.count("?") <= 1)),
    )


def _names_goal(said: Exchange) -> bool:
    p = said.progress
    named = f"{p.title} {p.next_session} {p.minimum} {p.action}"
    return bool(_words(said.reply.text, said) & _words(named, said))


def _personalization(said: Exchange) -> Parts:
    facts = facts_used(said)
    p, figures = said.progress, re.findall(r"\d+", said.reply.text)
    counted = any(str(n) in figures for n in (p.done, p.done_4_weeks, p.comebacks) if n > 0)
    return (
        ("fact", 4.0 * (facts >= 1)),
        ("second_fact", 2.0 * (facts >= 2)),
        ("progress", 2.0 * counted),
        ("language", 1.0),
        ("fresh", 1.0 * (said.reply.text not in said.recent)),
    )


def facts_used(said: Exchange) -> int:
    """Count the known facts a reply uses."""
    text, p = said.reply.text.lower(), said.progress
    named = (p.title, p.minimum, p.next_session, p.cue, p.action, p.why, p.what_works, p.obstacle)
    used = sum(value.lower() in text for value in named if value)
    counts = ((p.done, p.planned), (p.done_4_weeks, p.planned_4_weeks))
    figures = set(re.findall(r"\d+", text))
    used += any(done > 0 and {str(done), str(planned)} <= figures for done, planned in counts)
    quoted = _words(text, said) & _words(said.message, said)
    days = [value.lower() for value in _said_days(p)]
    return used + any(day in text for day in days) + (len(quoted) >= 2)


def _said_days(p: Progress) -> list[str]:
    """List the names of the days that belong to somebody's plan."""
    t = texts(p.language)
    weekdays = [p.best_day, p.next_day.weekday() if p.next_day else None]
    return [t(f"day.{weekday}") for weekday in weekdays if weekday is not None]


def _motivation(said: Exchange) -> Parts:
    text, language = said.reply.text, said.progress.language
    plain = phrasebook.plain(text)
    earned: Parts = (
        ("reflection", 3.0 * (re.match(r"[^?]+[.!:]", text) is not None)),
        ("choice", 2.0 * (_pattern("choice", language).search(plain) is not None)),
        ("next_step", 3.0 * (_pattern("step", language).search(plain) is not None)),
        ("evidence", 1.0 * (said.progress.done > 0 and str(said.progress.done) in text)),
        ("tone", 1.0),
    )
    over = sum(points for _, points in earned) - _TONE_MOST
    return (*earned[:-1], ("tone", -over)) if forbidden.found(text, language) else earned


def _words(text: str, said: Exchange) -> set[str]:
    """List the words that could name a subject."""
    common = phrasebook.table("reply_scores", said.progress.language)["common"]
    return set(_TOLD.findall(phrasebook.plain(text))) - set(common)


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("reply_scores", language)[name])
