"""What falls due on the walk, and what may be found then."""

from collections.abc import Iterator
from dataclasses import replace

from bot.check_ins.kinds import Kind
from bot.journey.events import Due
from bot.journey.found import DueFound, Nudged
from tests.bot.journey import lives
from tests.bot.journey.lives import NOON, TODAY, TURN

SILENT = (0, 8, 22, 61)
"""Days of silence, one for each way of being met."""

IGNORED = tuple(
    Nudged(Kind.REMINDER, "reminder.1", TODAY - n * (lives.DAY - TODAY), True, False)
    for n in range(30, 24, -1)
)


def fallen(is_new: bool) -> Iterator[Due]:
    """Something to look at; the kinds differ in what is found."""
    for kind in (Kind.SESSION, Kind.PAUSED, Kind.SAFE) if is_new else (Kind.SESSION,):
        yield Due(NOON, TURN, kind, NOON)


def found(due: Due, is_new: bool) -> Iterator[DueFound]:
    """Every kind with every life, and every silence with one of them; little where all is known."""
    if not is_new:
        yield DueFound(NOON, TURN, due, lives.goals(lives.ACTIVE), 22, ())
        return
    kinds = (due.kind,) if due.kind is not Kind.SESSION else tuple(Kind)
    for kind in kinds:
        asked = replace(due, kind=kind)
        for life in lives.LIVES:
            yield DueFound(NOON, TURN, asked, lives.goals(life), 0, IGNORED)
        yield DueFound(NOON, TURN, asked, (), 0, ())
    for days in SILENT:
        yield DueFound(NOON, TURN, due, lives.goals(lives.ACTIVE), days, ())
