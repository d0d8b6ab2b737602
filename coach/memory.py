"""What the coach remembers of somebody: said, chosen, or observed; each can be forgotten.

Observed facts follow from the days and are told only from enough of them, so that nothing is
claimed from small samples.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach import lived
from coach.catalogue import texts
from coach.lived import KEPT, Lived
from coach.rules import reasons
from coach.values import Progress
from coach.weeks import Day

MOST = 12
"""Facts that are shown and used at most, the newest."""

_FEWEST_DONE, _FEWEST_DAYS = 3, 8  # on the best weekday; answered in all
_FEWEST_RETURNS = 2
_FEWEST_NAMED = 3  # times one reason was told


class Source(StrEnum):
    """How a fact came to be known."""

    SAID = "said"
    CHOSEN = "chosen"
    OBSERVED = "observed"


class Kind(StrEnum):
    """What a fact is about."""

    OWN = "own"  # added by hand
    WHAT_WORKS = "what_works"
    WHY = "why"
    OBSTACLE = "obstacle"
    DAYS = "days"
    TIME = "time"
    BEST_DAY = "best_day"
    COMEBACKS = "comebacks"
    REASON = "reason"


_SOURCES = {
    Kind.DAYS: Source.CHOSEN,
    Kind.TIME: Source.CHOSEN,
    Kind.BEST_DAY: Source.OBSERVED,
    Kind.COMEBACKS: Source.OBSERVED,
    Kind.REASON: Source.OBSERVED,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in a finished phrase; *number* is its goal's, or its own where it has no goal."""

    kind: Kind
    text: str
    on: date  # when it was said or chosen, or the last day it was observed on
    number: int

    @property
    def source(self) -> Source:
        """Tell how it came to be known."""
        return _SOURCES.get(self.kind, Source.SAID)

    @property
    def key(self) -> str:
        """Name it in at most 30 letters, for a button."""
        return f"{list(Kind).index(self.kind)}.{self.number}"


def own(told: str, on: date, number: int) -> Fact:
    """Make a fact of words that somebody added by hand."""
    return Fact(Kind.OWN, told, on, number)


def of_goal(life: Lived, known: Progress, number: int, told: date, today: date) -> list[Fact]:
    """List what is remembered of a goal; what was said and chosen for it was *told* that day."""
    u, t = life.understanding, texts(known.language)
    days = [day for day in lived.days_until(life, today) if day.state in KEPT or day.reason]
    last = max((day.on for day in days), default=told)
    own_obstacle = u.obstacle if u.obstacle and u.obstacle not in reasons.CODES else ""
    found = (
        (Kind.WHAT_WORKS, _line(known, "what_works", known.what_works), told),
        (Kind.WHY, _line(known, "why", known.why), told),
        (Kind.OBSTACLE, _line(known, "obstacle", own_obstacle), told),
        (Kind.DAYS, _line(known, "days", ", ".join(t(f"day.{d}") for d in u.days)), told),
        (Kind.TIME, _line(known, "time", f"{u.at:%H:%M}" if u.at else ""), told),
        *((kind, said, last) for kind, said in observed(life, known, today)),
    )
    return [
        Fact(kind, said, on, number)
        for kind, said, on in found
        if said and kind not in life.forgotten
    ]


def observed(life: Lived, known: Progress, today: date) -> list[tuple[Kind, str]]:
    """List what the days of a goal show, as far as there are enough of them."""
    t, days = texts(known.language), list(lived.days_until(life, today))
    found: list[tuple[Kind, str]] = []
    best = lived.best_day(days)
    if best is not None and len(days) >= _FEWEST_DAYS:
        due = [day for day in days if day.on.weekday() == best and lived.counts(day)]
        on_it = [day.state in KEPT for day in due]
        if sum(on_it) >= _FEWEST_DONE:
            said = t("memory.best_day", day=t(f"day.{best}"), done=sum(on_it), n=len(on_it))
            found.append((Kind.BEST_DAY, said))
    returns = lived.comebacks(days)
    if returns >= _FEWEST_RETURNS:
        found.append((Kind.COMEBACKS, t("memory.comebacks", n=returns)))
    code, named = _most_named(days)
    if named >= _FEWEST_NAMED:
        found.append((Kind.REASON, t("memory.reason", reason=t(f"reason.{code}"), n=named)))
    return found


def _most_named(days: list[Day]) -> tuple[str, int]:
    """Find the reason told most; none where two were told as often."""
    told = Counter(day.reason for day in days if day.reason).most_common(2)
    if not told or (len(told) == 2 and told[0][1] == told[1][1]):
        return "", 0
    return told[0][0] or "", told[0][1]


def _line(known: Progress, name: str, told: str) -> str:
    return texts(known.language)(f"memory.{name}", told=told) if told else ""
