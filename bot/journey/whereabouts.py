"""Noting where somebody is, and when to ask again if that was only concluded."""

from dataclasses import replace
from datetime import datetime

from bot.journey import zones
from bot.journey.conversation import Conversation
from bot.journey.keeps import KeepZone
from bot.journey.step import Step


def move_to(conversation: Conversation, found: zones.Found, at: datetime | None) -> Step:
    """Note a zone, found at *at*; a concluded one is asked about when its clocks change."""
    ask_at = zones.next_change(found.zone, at) if at and not found.sure else None
    preferred = replace(conversation.preferences, zone_ask_at=ask_at)
    moved = replace(conversation, zone=found.zone, preferences=preferred)
    return Step(moved, (KeepZone(found.zone, ask_at),))
