"""The settings about hours: when nothing is said, when a day ends, when to ask and to remind."""

from dataclasses import replace
from datetime import time, timedelta

from bot.journey import clocks
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Rows
from bot.journey.events import Said
from bot.journey.keeps import CheckInChoice, KeepCheckIn
from bot.journey.step import Step, button, prefer, rows, text
from coach.preferences import Quiet

NIGHTS = (Quiet(), Quiet(time(22), time(7)), Quiet(time(23), time(7)), Quiet(time(20), time(9)))
LONGEST_NIGHT = timedelta(hours=16)
"""More quiet than this leaves no room for a question."""


def quiet(conversation: Conversation) -> Text:
    """Say when nothing is said unasked."""
    return text("settings.quiet", hours=_hours(conversation.preferences.quiet))


def _hours(night: Quiet) -> str:
    return f"{night.begins:%H:%M}–{night.ends:%H:%M}"


def nights(conversation: Conversation) -> Rows:
    """Offer some nights, and the way to the end of the day, which the list has no room for."""
    choices = (Button(Words(_hours(night)), "sv", str(n)) for n, night in enumerate(NIGHTS))
    return (*rows(choices, 2), (Button(day_ends(conversation), "st", "day_ends"),))


def take_night(conversation: Conversation, chosen: str) -> Step | None:
    """Keep the night that was tapped."""
    if chosen not in {str(n) for n in range(len(NIGHTS))}:
        return None
    return prefer(conversation, quiet=NIGHTS[int(chosen)])


def read_quiet(conversation: Conversation, said: Said) -> Step | None:
    """Keep a night that was typed."""
    found = clocks.span(said.text)
    if found is None:
        return None
    begins, ends = (timedelta(hours=at.hour, minutes=at.minute) for at in found)
    if (ends - begins) % timedelta(days=1) > LONGEST_NIGHT:
        return None
    return prefer(conversation, quiet=Quiet(*found))


DAY_ENDINGS = tuple(time(hour) for hour in range(5))
LATEST_END = time(6)
"""A day that ended later would take the next morning with it."""


def day_ends(conversation: Conversation) -> Text:
    """Say when somebody's day ends."""
    return text("settings.day_ends", time=f"{conversation.preferences.day_ends:%H:%M}")


def endings(_: Conversation) -> Rows:
    """Offer hours at which a day may end."""
    return rows((Button(Words(f"{at:%H:%M}"), "sv", str(n)) for n, at in enumerate(DAY_ENDINGS)), 3)


def take_ending(conversation: Conversation, chosen: str) -> Step | None:
    """Keep the hour that was tapped."""
    if chosen not in {str(n) for n in range(len(DAY_ENDINGS))}:
        return None
    return prefer(conversation, day_ends=DAY_ENDINGS[int(chosen)])


def read_ending(conversation: Conversation, said: Said) -> Step | None:
    """Keep an hour that was typed."""
    found = clocks.times(said.text)
    if len(found) != 1 or found[0] > LATEST_END:
        return None
    return prefer(conversation, day_ends=found[0])


WHEN = {"a": "after", "e": "evening", "m": "morning", "x": "never"}


def check_in(conversation: Conversation) -> Text:
    """Say when is asked how it went."""
    when = conversation.preferences.check_in
    if when is None or when in WHEN.values():
        return Text(f"settings.check_in.{when or 'unset'}")
    return text("settings.check_in.clock", time=when)


def moments(conversation: Conversation) -> Rows:
    """Offer the moments, and the way to the reminders, which the list has no room for."""
    choices = rows((button(f"check_in.{code}", "sv", code) for code in WHEN), 2)
    return (*choices, (Button(reminders(conversation), "st", "reminders"),))


def take_moment(conversation: Conversation, code: str) -> Step | None:
    """Keep the moment that was tapped."""
    return _ask_at(conversation, WHEN[code]) if code in WHEN else None


def read_moment(conversation: Conversation, said: Said) -> Step | None:
    """Keep a time of day that was typed."""
    found = clocks.moment(said.text)
    return _ask_at(conversation, f"{found:%H:%M}") if found else None


def _ask_at(conversation: Conversation, when: str) -> Step:
    preferred = replace(conversation.preferences, check_in=when)
    return Step(replace(conversation, preferences=preferred), (KeepCheckIn(CheckInChoice(when)),))


def reminders(conversation: Conversation) -> Text:
    """Say whether a session is announced."""
    return Text(f"settings.reminders.{'on' if conversation.preferences.reminders else 'off'}")


def remind(conversation: Conversation, chosen: str) -> Step | None:
    """Keep whether it is."""
    return prefer(conversation, reminders=chosen == "on") if chosen in {"on", "off"} else None
