"""Joining: apps cut a long text into several messages; they are read as one.

Only a message near Telegram's limit waits for the rest, and only as long as the rest can
take to come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.journey.events import Said
from bot.telegram import inbound
from bot.telegram.inbound import Incoming, UpdateUnreadableError
from storage import inbox
from storage.database import Database
from storage.inbox import Item

CUT_FROM = 3_500
"""Characters from which a message may be the beginning of a longer text."""

WITHIN = timedelta(seconds=1.5)
"""How soon the next part follows."""

MOST_PARTS = 5


@dataclass(frozen=True, slots=True)
class Joined:
    """An arrival with the parts that belong to it; *items* end together with it."""

    incoming: Incoming
    items: tuple[int, ...] = ()


async def join(item: Item, incoming: Incoming, database: Database, clock: Clock) -> Joined:
    """Wait for the rest of a text that may have been cut, and take it in."""
    if not _may_go_on(incoming):
        return Joined(incoming)
    rest = item.received_at + WITHIN - clock.now()
    if rest > timedelta():
        await clock.wait(rest)
    behind = await database.read(lambda t: inbox.following(t, item, MOST_PARTS))
    return joined(item, incoming, behind)


def joined(item: Item, incoming: Incoming, behind: Sequence[Item]) -> Joined:
    """Take in those of *behind* that go on with the text, each soon after the one before."""
    whole, last, items = incoming, incoming, list[int]()
    before = item
    for part in behind:
        if not _may_go_on(last) or part.received_at - before.received_at > WITHIN:
            break
        following = _read(part, incoming)
        if following is None:
            break
        whole, last, before = _with(whole, following), following, part
        items.append(part.id)
    return Joined(whole, tuple(items))


def _may_go_on(incoming: Incoming) -> bool:
    return isinstance(incoming.event, Said) and len(incoming.event.text) > CUT_FROM


def _read(part: Item, first: Incoming) -> Incoming | None:
    """Read a part; None for what is no text, which gets its own turn."""
    event = first.event
    if event is None:
        return None
    try:
        read = inbound.read(part.body, event.at, event.turn)
    except UpdateUnreadableError:
        return None
    return read if isinstance(read.event, Said) else None


def _with(whole: Incoming, part: Incoming) -> Incoming:
    if not isinstance(whole.event, Said) or not isinstance(part.event, Said):
        return whole
    text = f"{whole.event.text}\n{part.event.text}"
    return replace(whole, event=replace(whole.event, text=text))
