"""A reply written once more, as somebody said what was off with the first."""

import re
from dataclasses import dataclass, replace

from coach.catalogue import texts
from coach.rules import reply_scores
from coach.values import Progress, Reply, Style

GENERIC, TOO_LONG, TONE = "ge", "lo", "to"

SHORT = 30
"""Words of a reply after one that was too long."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Criticism:
    """What somebody had written, our answer, and what was off with it."""

    text: str
    answer: str
    reason: str


def heeding(progress: Progress, reason: str) -> Progress:
    """Return the facts for the second wording: plainer, where the first said too much."""
    return replace(progress, style=Style.FIRM) if reason in {TOO_LONG, TONE} else progress


def heeds(said: Reply, told: Criticism, progress: Progress) -> bool:
    """Tell whether a second wording is as it was asked for."""
    if told.reason == TOO_LONG:
        return len(said.text.split()) <= SHORT
    if told.reason == GENERIC:
        before = _told(replace(said, text=told.answer), told, progress)
        return _told(said, told, progress) > before
    return said.text != told.answer


def mended(said: Reply, told: Criticism, progress: Progress) -> Reply:
    """Make a reply by rules heed what was off, as far as there are facts to say."""
    if heeds(said, told, progress):
        return said
    if told.reason == TOO_LONG:
        return replace(said, text=_cut(said.text))
    if told.reason == GENERIC:
        longer = (replace(said, text=f"{said.text} {line}") for line in _lines(progress))
        return next((one for one in longer if heeds(one, told, progress)), said)
    return said


def _told(said: Reply, told: Criticism, progress: Progress) -> int:
    return reply_scores.facts_used(reply_scores.Exchange(said, told.text, progress))


def _cut(text: str) -> str:
    """Keep the first sentences that fit, or the first words."""
    kept = ""
    for sentence in _SENTENCE.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer.split()) > SHORT:
            break
        kept = longer
    return kept or f"{' '.join(text.split()[: SHORT - 1])} …"


def _lines(p: Progress) -> list[str]:
    """Say the person's facts, one sentence each."""
    t = texts(p.language)
    known = {"next": p.next_session, "minimum": p.minimum, "works": p.what_works, "why": p.why}
    return [t(f"rewrite.{name}", fact=fact.rstrip(".")) for name, fact in known.items() if fact]
