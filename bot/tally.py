"""The tally: what happened since this process began, counted after each commit.

Such figures only grow. Rows would not do: they go with the people they belong to, and a
figure that falls is read by Prometheus as a restart, so that everything is counted again.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from bot.ending import Ending
from bot.journey.keeps import KeepRating
from coach.llm.port import Usage
from coach.values import MODEL
from storage.ledger import Call
from storage.turns import Outcome

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds that turns are sorted by; the last sort is longer than all of them."""


class Tally:
    """What is counted; one of these serves a process, and its keys hold nobody's name."""

    def __init__(self) -> None:
        self.turns: Counter[str] = Counter()  # by outcome
        self.sorted = [0] * (len(BOUNDS) + 1)  # answered turns, by how long they took
        self.took = timedelta()  # by all of these together
        self.calls: Counter[tuple[str, str, str]] = Counter()  # by step, mode and error
        self.tokens: Counter[tuple[str, str]] = Counter()  # by step and kind
        self.micro_usd: Counter[str] = Counter()  # by step
        self.ratings: Counter[str] = Counter()  # stars given or changed, by what they are for

    def answered(self, ending: Ending) -> None:
        """Count a turn that was committed, with all it came to."""
        self.turns[Outcome.ANSWERED] += 1
        self.sorted[bisect_left(BOUNDS, ending.took.total_seconds())] += 1
        self.took += ending.took
        self.called(ending.decided.calls)
        for effect in ending.decided.effects:
            if isinstance(effect, KeepRating):
                self.ratings[effect.subject.rated.name.lower()] += 1

    def failed(self, outcome: Outcome) -> None:
        """Count an attempt that was no answer."""
        self.turns[outcome] += 1

    def called(self, calls: Iterable[Call]) -> None:
        """Count what the coach was asked, by rules or by a model."""
        for call in calls:
            self.calls[call.step, call.mode, call.error or ""] += 1
            if call.mode == MODEL:
                self.micro_usd[call.step] += call.micro_usd
                for kind, n in _kinds(call.usage):
                    self.tokens[call.step, kind] += n


def _kinds(usage: Usage) -> Iterable[tuple[str, int]]:
    return (
        ("prompt", usage.prompt),
        ("cached", usage.cached),
        ("thinking", usage.thinking),
        ("output", usage.output),
    )
