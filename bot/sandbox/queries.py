"""Taps that wait for the bot's answer."""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.shapes import Json

KEPT = 10_000
ANSWERABLE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Query:
    """A tap: who, when, and the answer to come."""

    id: str
    person: int
    asked_at: datetime
    answer: asyncio.Future[Json]


class Queries:
    """Open taps. Each takes one answer, and only while it is young."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Query] = OrderedDict()

    def ask(self, person: int, at: datetime) -> Query:
        """Open a tap of *person*."""
        query = Query(str(secrets.randbits(60)), person, at, asyncio.Future())
        self._open[query.id] = query
        if len(self._open) > KEPT:
            self._open.popitem(last=False)
        return query

    def take(self, query_id: str, at: datetime) -> Query | None:
        """Close a tap to answer it; None when it is unknown, answered or too old."""
        query = self._open.pop(query_id, None)
        return query if query and at - query.asked_at <= ANSWERABLE else None
