"""How sessions went, in a report: what people told of them, and the questions left unanswered."""

from bot.check_ins.kinds import Kind
from bot.report import wording
from bot.report.sheet import Row, Sheet
from bot.report.summary import Summary
from coach.samples import Share
from coach.weeks import DayState
from storage import answers

SOURCE = "check_in_answer, nudge"
TOLD = tuple(state for state in DayState if state not in answers.DERIVED)
_ASKED = {Kind.SESSION, Kind.MORNING}


def told(summary: Summary) -> dict[DayState, Share]:
    """Tell how many of the sessions told of went in each way."""
    n = summary.outcomes.total()
    return {state: Share(summary.outcomes[state], n) for state in TOLD} if n else {}


def unanswered(summary: Summary) -> Share:
    """Tell how many questions about sessions nobody answered within a day."""
    asked = sum((one for (kind, _), one in summary.nudges.items() if kind in _ASKED), Share())
    return Share(asked.n - asked.yes, asked.n)


def sheet(summary: Summary) -> Sheet:
    """Show how sessions went."""
    rows: list[Row] = [
        (wording.said(state), f"{one.yes:,}", wording.rate(one))
        for state, one in told(summary).items()
    ]
    if (silent := unanswered(summary)).n:
        rows.append(("questions not answered in a day", f"{silent.yes:,}", wording.rate(silent)))
    note = (
        "Sessions told of in this window, each once, as it was told last; shares are of these, and "
        "of the questions asked. Let go on purpose or for illness is skipped; what is not due yet "
        f"is not counted. Sources: {SOURCE}."
    )
    return Sheet("How sessions went", ("", "number", "share (95 %)"), rows, note)
