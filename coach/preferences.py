"""How somebody wants to be coached: when to be asked, when to be left alone, in which style."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from coach.values import Style

DAY_ENDS = time(3, 0)
"""When a day ends by default: somebody who is up at one has not begun the next."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of a night in which nothing unasked is sent; a wall time to a wall time."""

    begins: time = time(21, 30)
    ends: time = time(8, 0)

    def holds(self, at: time) -> bool:
        """Tell whether a wall time lies in these hours, which may span midnight."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of everything since a moment; without *until* it lasts until the person says."""

    since: datetime
    until: datetime | None = None

    def is_over(self, at: datetime) -> bool:
        """Tell whether the pause has ended by itself."""
        return self.until is not None and at >= self.until


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody set, or the defaults. Everything here is theirs to change."""

    quiet: Quiet = field(default_factory=Quiet)
    check_in: str | None = None  # after, evening, morning, never or "HH:MM"; as agreed last
    reminders: bool = False  # before a session
    style: Style = Style.BALANCED
    ai_wording: bool = True  # where a model is configured; off: nothing of theirs goes to it
    review_day: int | None = None  # 0 is Monday; None: as the plan says
    zone_ask_at: datetime | None = None  # when to ask again, where the zone was only concluded
    pause: Pause | None = None
    hush_until: datetime | None = None  # nothing unasked before it; a moment that may have passed
    day_ends: time = DAY_ENDS  # a wall time of the night

    def is_hushed(self, at: datetime) -> bool:
        """Tell whether nothing unasked is to be said at a moment."""
        return self.hush_until is not None and at < self.hush_until

    def today(self, now: datetime) -> date:
        """Tell the person's day at a wall time: until their day ends, it is still yesterday's."""
        ends = timedelta(hours=self.day_ends.hour, minutes=self.day_ends.minute)
        return (now.replace(tzinfo=None) - ends).date()
