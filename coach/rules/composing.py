"""The replies that fit an intent: whole texts first, then one reflection with one next step.

`reply.<intent>.<n>` are whole texts, `reply.<intent>.see.<n>` reflections, and
`reply.step.<family>.<n>` the steps or questions that go with any reflection of a family.
A sentence whose fact is not known is left out of a whole text; a part that lacks one is not used.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import lcm

from coach.catalogue import Catalogue
from coach.rules.reply_slots import UNKNOWN, Slots
from coach.values import Style

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_FIGURE = re.compile(r"\d")
_FEWEST_WORDS = 15
OPEN = "open"
FAMILIES = {
    "done": "done",
    "success": "done",
    "partial": "part",
    "missed": "hard",
    "no_time": "hard",
    "tired": "hard",
    "mood": "hard",
    "stress": "hard",
    "forgot": "remember",
    "too_hard": "smaller",
    "too_easy": "bigger",
    "doubt": "heart",
    "self_blame": "heart",
    "urge": "wait",
    "slip": "slip",
    "ill": "rest",
    "travel": "away",
    "how_to": "try",
    "why_it_works": "fit",
    "progress": "look",
    "beginning": "begin",
    "change": "move",
    "pause": "quiet",
    "none": OPEN,
}
_HARD = frozenset(("part", "hard", "remember", "smaller", "heart"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reply that could be given, and how many sentences it lost for want of facts."""

    text: str
    cut: int = 0

    @property
    def words(self) -> int:
        """Count its words."""
        return len(self.text.split())

    @property
    def sentences(self) -> frozenset[str]:
        """List its sentences."""
        return frozenset(_SENTENCE.split(self.text))


@dataclass(frozen=True, slots=True)
class Composer:
    """Fills texts with one person's facts; *lot* turns the order of the variants."""

    t: Catalogue
    slots: Slots
    style: Style
    lot: int

    def facts(self) -> tuple[str, ...]:
        """List what is known of the person in the words a text would have; "2 of 3" is one."""
        known = {str(value) for value in self.slots.values() if value != UNKNOWN}
        counts = (f"{self.slots['done']} ", f"{self.slots['d4']} ")
        return (*(one for one in known if not one.isdigit()), *counts)

    def whole(self, prefix: str) -> Iterator[Candidate]:
        """Fill the whole texts of a prefix; what lost every sentence is none."""
        for key in self._turned(self.t.variants(prefix)):
            sentences = _SENTENCE.split(self.t(key, **self.slots))
            kept = [one for one in sentences if UNKNOWN not in one]
            if kept:
                yield Candidate(" ".join(kept), len(sentences) - len(kept))

    def joined(self, intent: str, family: str) -> Iterator[Candidate]:
        """Join every reflection of an intent with every step of a family."""
        seen = self._filled(f"reply.{intent}.see")
        steps = self._filled(f"reply.step.{family}")
        for see, step in _pairs(seen, steps):
            yield Candidate(f"{see} {step}")

    def with_a_line_between(self, intent: str, family: str) -> Iterator[Candidate]:
        """Join them with what somebody has done already, or with a gentle word, between them."""
        if family not in _HARD or self.style is Style.FIRM:
            return
        between = "reply.gentle" if self.style is Style.GENTLE else "reply.fact"
        for line in self._filled(between):
            for pair in self.joined(intent, family):
                see, _, step = pair.text.partition(". ")
                if not self._says_twice(see, step, line):
                    yield Candidate(f"{see}. {line} {step}")

    def _says_twice(self, see: str, step: str, line: str) -> bool:
        """Tell whether a figure would stand in a reply twice."""
        counted = bool(_FIGURE.search(see)) and bool(_FIGURE.search(line))
        times = str(self.slots["comebacks"])
        return counted or (times in step and times in line)

    def _filled(self, prefix: str) -> list[str]:
        filled = [self.t(key, **self.slots) for key in self._turned(self.t.variants(prefix))]
        return [text for text in filled if UNKNOWN not in text]

    def _turned(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        first = self.lot % len(keys) if keys else 0
        return (*keys[first:], *keys[:first])


def candidates(intent: str, composer: Composer) -> list[Candidate]:
    """List the replies to an intent, the ones that suit the style and say most first."""
    family = FAMILIES.get(intent)
    whole = list(composer.whole(f"reply.{intent}"))
    if family is None:
        return whole
    joined = list(composer.joined(intent, family))
    between = list(composer.with_a_line_between(intent, family))
    if composer.style is Style.FIRM:
        return [*sorted(joined, key=lambda one: one.words), *whole]
    if composer.style is Style.GENTLE:
        return [*_by_length(between), *whole, *_by_length(joined)]
    return [*whole, *_by_length([*joined, *between])]


def spare(intent: str, composer: Composer) -> list[Candidate]:
    """List what can still be said when everything else was said this week."""
    return list(composer.joined(intent, OPEN))


def _by_length(made: Iterable[Candidate]) -> list[Candidate]:
    return sorted(made, key=lambda one: one.words < _FEWEST_WORDS)


def _pairs(seen: list[str], steps: list[str]) -> Iterator[tuple[str, str]]:
    """Pair each with each, so that neighbours differ in both."""
    if not seen or not steps:
        return
    round_trip = lcm(len(seen), len(steps))
    for n in range(len(seen) * len(steps)):
        yield seen[n % len(seen)], steps[(n + n // round_trip) % len(steps)]
