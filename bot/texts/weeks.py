"""A week in one line: a mark for each session, and under it what the marks mean."""

from collections.abc import Sequence

from bot.texts import texts
from coach import parts
from coach.formats import day
from coach.weeks import Day, DayState

MARKS = {
    DayState.DONE: "✅",
    DayState.SMALL: "🌱",
    DayState.PARTLY: "🌗",
    DayState.MISSED: "⚪",
    DayState.SKIPPED: "⏭",
    DayState.UNANSWERED: "❔",
    DayState.NOT_DUE: "🔹",
}
"""Seven states, seven marks."""

WEEKDAY = "EEE"
"""How a weekday is written short (CLDR): Mon."""


def view(days: Sequence[Day], language: str) -> str:
    """Write the week; only the marks that occur are explained."""
    line = "  ".join(_told(one, language) for one in days)
    seen = {one.state for one in days}
    meant = [f"{MARKS[state]} {name(state, language)}" for state in MARKS if state in seen]
    return f"{line}\n{' · '.join(meant)}"


def _told(one: Day, language: str) -> str:
    """Write a session's mark, and how much of it was done where it was part of it."""
    marked = f"{day(one.on, WEEKDAY, language)} {MARKS[one.state]}"
    if one.amount is None or one.state is not DayState.PARTLY:
        return marked
    return f"{marked} {parts.said(one.amount, language)}"


def name(state: DayState, language: str) -> str:
    """Name what became of a session, in two words at most."""
    return texts(language)(f"state.{state}")
