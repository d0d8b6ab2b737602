"""A reply written once more, as somebody said what was off with the first."""

from dataclasses import dataclass, replace

from coach.values import Progress, Reply, Style

TOO_LONG, TONE = "lo", "to"
REASONS = frozenset({"ge", TOO_LONG, TONE})
"""What was off that another wording can mend: too generic, too long, the tone."""

SHORT = 30
"""Words of a reply after one that was too long."""


@dataclass(frozen=True, slots=True)
class Criticism:
    """What somebody had written, and what was off with our answer."""

    text: str
    reason: str


def heeding(progress: Progress, reason: str) -> Progress:
    """Return the facts for the second wording: plainer, where the first said too much."""
    return replace(progress, style=Style.FIRM) if reason in {TOO_LONG, TONE} else progress


def heeds(reply: Reply, reason: str) -> bool:
    """Tell whether a second wording is as it was asked for."""
    return reason != TOO_LONG or len(reply.text.split()) <= SHORT
