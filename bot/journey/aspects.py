"""Aspects: what can be said of a subject beside its stars, one question each."""

from dataclasses import dataclass

from bot.journey.events import Rated

YES_NO = (1, 0)
ONE_TO_FIVE = (1, 2, 3, 4, 5)
QUARTERS = (25, 50, 75)
"""Percent of a session of which somebody did a part; all and nothing are told by the check-in."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One question: named like its score, with the values of its answers as they are shown."""

    name: str
    answers: tuple[int, ...]

    @property
    def code(self) -> str:
        """The letter for it on a button; no two aspects begin alike."""
        return self.name[0]


_USEFUL, _CLEAR, _MOTIVATING = (
    Aspect(name, YES_NO) for name in ("usefulness", "clarity", "motivation")
)
_HELPFUL, _RELEVANT, _ACTIONABLE = (
    Aspect(name, YES_NO) for name in ("helpfulness", "relevance", "actionability")
)
_FEASIBILITY, _CLARITY, _MOTIVATION = (
    Aspect(name, ONE_TO_FIVE) for name in ("feasibility", "clarity", "motivation")
)
PERCENT = Aspect("percent", QUARTERS)
"""How much was done; asked only of somebody who told of a part."""

DIFFICULTY = Aspect("difficulty", ONE_TO_FIVE)

ASPECTS: dict[Rated, tuple[Aspect, ...]] = {
    Rated.RESOLUTION: (_USEFUL, _CLEAR, _MOTIVATING),
    Rated.PLAN: (_FEASIBILITY, _CLARITY, _MOTIVATION),
    Rated.REPLY: (_HELPFUL, _RELEVANT, _MOTIVATING, _ACTIONABLE),
    Rated.REVIEW: (_HELPFUL, _MOTIVATING),
    Rated.PROGRESS: (PERCENT, DIFFICULTY, _MOTIVATION),
    Rated.FINISH: (),
    Rated.SESSION: (),
}
"""The questions about each kind of subject, in their order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about an aspect; without a *value* it was skipped."""

    aspect: Aspect
    value: int | None


def find(rated: Rated, code: str) -> Aspect | None:
    """Find an aspect of a kind by its letter."""
    return next((one for one in ASPECTS[rated] if one.code == code), None)


def following(rated: Rated, aspect: Aspect) -> Aspect | None:
    """Name the question after this one; None after the last."""
    asked = ASPECTS[rated]
    after = asked.index(aspect) + 1
    return asked[after] if after < len(asked) else None


def read(rated: Rated, written: str) -> Answer | None:
    """Read a letter and a value as a button has them; None for an answer that is not offered."""
    aspect, value = find(rated, written[:1]), written[1:]
    if aspect is None:
        return None
    if not value:
        return Answer(aspect, None)
    return next((Answer(aspect, one) for one in aspect.answers if str(one) == value), None)
