"""A check-in on its way through the inbox: what a sweep puts there, and a turn reads."""

import json
from datetime import date, datetime

from bot.check_ins.kinds import Kind
from bot.journey import events
from bot.telegram.inbound import Incoming
from storage.check_ins import Due
from storage.inbox import Arrival, Item

SOURCE = "check_in"
"""The source of what falls due; its keys name person, kind, goal and local day."""


def arrival(due: Due, on: date, at: datetime) -> Arrival:
    """Make the one arrival of a check-in on a local day, whose time came at *at*."""
    one = due.check_in
    told = {"kind": one.kind, "goal": one.goal_id, "on": on.isoformat(), "due": at.isoformat()}
    key = f"{due.person_id}:{one.kind}:{one.goal_id or 0}:{on}"
    return Arrival(key, due.chat_id, SOURCE, json.dumps(told).encode(), SOURCE)


def read(item: Item, turn: str) -> Incoming:
    """Read an arrival back; it happens when its turn comes."""
    told = json.loads(item.body)
    due = events.Due(
        item.received_at,
        turn,
        Kind(told["kind"]),
        date.fromisoformat(told["on"]),
        datetime.fromisoformat(told["due"]),
        told["goal"],
    )
    return Incoming(item.chat_id, item.chat_id, None, private=True, event=due)
