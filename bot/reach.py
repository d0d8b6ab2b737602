"""Whether somebody may be sent what they did not ask for; whoever sends nudges asks here first."""

from dataclasses import dataclass
from datetime import datetime

from coach.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Reach:
    """What decides whether somebody may be messaged."""

    consented: bool
    reachable: bool  # the bot is not blocked
    held: bool  # something heavy was said, and nothing is sent until they are safe
    zone: str | None  # unknown: no hour is known to be a good one
    preferences: Preferences


def may_be_messaged(reach: Reach, at: datetime) -> bool:
    """Tell whether anything unasked may be sent at *at*, hours of quiet aside."""
    pause = reach.preferences.pause
    paused = pause is not None and not pause.is_over(at)
    return (
        reach.consented
        and reach.reachable
        and not reach.held
        and not paused
        and reach.zone is not None
    )
