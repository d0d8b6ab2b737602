"""A check-in on its way through the inbox: what a sweep puts there, and a turn reads."""

import json
from datetime import date, datetime

from bot.check_ins.kinds import Kind
from bot.journey import events
from bot.telegram.inbound import Incoming
from storage.check_ins import Due
from storage.inbox import Arrival, Item

SOURCE = "check_in"
"""The source of what falls due; its keys name person, kind and local day."""


def arrival(due: Due, on: date, at: datetime) -> Arrival:
    """Make the one arrival of a check-in on a local day, whose time came at *at*."""
    one = due.check_in
    told = {"kind": one.kind, "due": at.isoformat()}
    key = f"{due.person_id}:{one.kind}:{on}"
    return Arrival(key, due.chat_id, SOURCE, json.dumps(told).encode(), SOURCE)


def read(item: Item, turn: str) -> Incoming:
    """Read an arrival back; it happens when its turn comes."""
    told = json.loads(item.body)
    due_at = datetime.fromisoformat(told["due"])
    due = events.Due(item.received_at, turn, Kind(told["kind"]), due_at)
    return Incoming(item.chat_id, item.chat_id, None, private=True, event=due)
