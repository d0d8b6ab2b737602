"""What to do with a letter after its call: the table of the design, as a function.

Replies are sent again when in doubt and may arrive twice. Nudges are not, and may not
arrive at all: better none than two.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.backoff import Backoff
from bot.delivery.outcome import (
    Ambiguous,
    NotWritten,
    Outcome,
    Refused,
    Sent,
    TooFast,
    Unreachable,
)
from storage.outbox import Kind

PAUSE = Backoff(timedelta(seconds=0.5), timedelta(seconds=30))
GRACE = timedelta(seconds=0.5)
TOO_FAST = "too_fast"


@dataclass(frozen=True, slots=True)
class Done:
    """It arrived."""

    message: int | None


@dataclass(frozen=True, slots=True)
class Again:
    """Send it again after a while."""

    after: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Nobody knows whether it arrived, and it is not sent again."""

    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It cannot arrive; *gone* says that nothing else can either."""

    reason: str
    gone: bool = False


Verdict = Done | Again | Lost | GivenUp


def on(outcome: Outcome, kind: Kind, attempts: int) -> Verdict:
    """Decide; *attempts* counts the call that just ended."""
    match outcome:
        case Sent(message):
            return Done(message)
        case NotWritten(cause):
            return Again(PAUSE.after(attempts - 1), cause)
        case Ambiguous(cause):
            if kind is Kind.NUDGE:
                return Lost(cause)
            return Again(PAUSE.after(attempts - 1), cause)
        case TooFast(after):
            return Again(after + GRACE, TOO_FAST)
        case Unreachable():
            return GivenUp("unreachable", gone=True)
        case Refused(reason):
            return GivenUp(reason)
