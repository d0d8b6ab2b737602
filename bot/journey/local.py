"""Where the person is: their day, from the time of an event."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.journey.conversation import Conversation


def now(conversation: Conversation, at: datetime) -> datetime:
    """Tell the person's wall time; UTC's until they have said where they are."""
    return at.astimezone(ZoneInfo(conversation.zone) if conversation.zone else UTC)


def today(conversation: Conversation, at: datetime) -> date:
    """Tell the person's day, which lasts into the night as long as they set it."""
    return conversation.preferences.today(now(conversation, at))
