"""What may become of a call that sends, and the port that makes it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it, or it already was as it should be."""

    message: int | None


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Telegram was not reached."""

    cause: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Telegram may have taken it; its answer was lost or made no sense."""

    cause: str


@dataclass(frozen=True, slots=True)
class TooFast:
    """Telegram wants a pause of *after* before anything more for this chat."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot or left Telegram."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take it."""

    reason: str


Outcome = Sent | NotWritten | Ambiguous | TooFast | Unreachable | Refused


class Channel(Protocol):
    """Somewhere to send to. Never raises for what an `Outcome` can say, and ends in time."""

    async def send(self, chat_id: int, outgoing: Outgoing) -> Outcome:
        """Send one message or edit to a chat."""
        ...
