"""/quiet: nothing unasked for some hours, and everything else as it is."""

import re
from datetime import UTC, datetime, timedelta

from bot.journey import clocks, local
from bot.journey.content import Text
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Say
from bot.journey.events import Command, Pressed
from bot.journey.step import Step, button, prefer, say, text

LONGEST = timedelta(days=1)
"""What is longer is a pause."""

_UNITS = {"h": timedelta(hours=1), "m": timedelta(minutes=1), "d": timedelta(days=1)}
_SPAN = re.compile(
    r"(\d{1,4})\s*(?:(h)(?:ours?|rs?|oras?)?|(m)(?:ins?|inutes?|inutos?)?|(d)(?:ays?|[ií]as?)?)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"(\d)h(\d\d)\b", re.IGNORECASE)  # "1h30"
_UNTIL = re.compile(r"\b(?:until|till|hasta)\b", re.IGNORECASE)
_OFF = re.compile(r"\s*(?:off|stop|end|no|fin)\W*", re.IGNORECASE)


def start(conversation: Conversation, command: Command) -> Step:
    """Be quiet for as long as was written; ask how long where nothing was."""
    words = command.argument
    if not words.strip():
        return Step(conversation, (_ask(conversation, command.at),))
    if _OFF.fullmatch(words):
        return _end(conversation)
    until = _read(conversation, words, command.at)
    if until is None or until <= command.at:
        return Step(conversation, (say("quiet.unclear"),))
    if until - command.at > LONGEST:
        return Step(conversation, (say("quiet.too_long"),))
    return _hush(conversation, until, command.at)


def choose(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a tapped time."""
    if pressed.argument == "off":
        return _end(conversation)
    if pressed.argument in {"1", "3"}:
        until = pressed.at + timedelta(hours=int(pressed.argument))
    else:
        until = _tomorrow(conversation, pressed.at)
    return _hush(conversation, until, pressed.at)


def _ask(conversation: Conversation, at: datetime) -> Say:
    choices = [button(f"quiet.{name}", "qt", name) for name in ("1", "3", "night")]
    until = conversation.preferences.hush_until
    if until is None or until <= at:
        return Say((Text("quiet.ask"),), standing=(tuple(choices),))
    off: tuple[Button, ...] = (button("quiet.off", "qt", "off"),)
    return Say((_until("quiet.now", conversation, until, at),), standing=(tuple(choices), off))


def _read(conversation: Conversation, words: str, at: datetime) -> datetime | None:
    """Find the moment in "3h", "1 h 30 min", "until 18:00"; None where there is none."""
    is_end = _UNTIL.search(words)
    told = _HALF.sub(r"\1h \2m", words)
    spans = [] if is_end else list(_SPAN.finditer(told))
    if spans and not re.search(r"\d", _SPAN.sub("", told)):
        units = (_UNITS[(one[2] or one[3] or one[4]).lower()] * int(one[1]) for one in spans)
        return at + sum(units, timedelta())
    times = clocks.times(words) if is_end else clocks.exact_times(words)
    if spans or len(times) != 1:
        return None
    now = local.now(conversation, at)
    meant = datetime.combine(now.date(), times[0], now.tzinfo)
    return meant if meant > now else meant + timedelta(days=1)


def _tomorrow(conversation: Conversation, at: datetime) -> datetime:
    """Return when the next day's quiet hours are over."""
    now = local.now(conversation, at)
    ends = conversation.preferences.quiet.ends
    return datetime.combine(now.date() + timedelta(days=1), ends, now.tzinfo)


def _hush(conversation: Conversation, until: datetime, at: datetime) -> Step:
    said = Say((_until("quiet.until", conversation, until, at),))
    kept = prefer(conversation, hush_until=until.astimezone(UTC))
    return Step(kept.conversation, (*kept.effects, said))


def _end(conversation: Conversation) -> Step:
    kept = prefer(conversation, hush_until=None)
    return Step(kept.conversation, (*kept.effects, say("quiet.over")))


def _until(key: str, conversation: Conversation, until: datetime, at: datetime) -> Text:
    """Say until when; the day is only said where it is not today."""
    now, then = local.now(conversation, at), local.now(conversation, until)
    if then.date() == now.date():
        return text(f"{key}.today", time=f"{then:%H:%M}")
    return text(f"{key}.day", day=then.date(), time=f"{then:%H:%M}")
