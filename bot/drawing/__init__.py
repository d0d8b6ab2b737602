"""Pictures of figures, drawn as they are sent: no turn waits for one, and none is stored.

A thread draws, in bounded time, with a library that is loaded when first needed. Words of
people are drawn only where the font has every letter and none runs right to left: others
would show as boxes or backwards. What is in a picture is also told.
"""

import asyncio
import logging
from datetime import timedelta

from bot.journey.pictures import Chart

log = logging.getLogger(__name__)

WITHIN = timedelta(seconds=30)
"""How long a chat's letters wait for a picture; the first of a process loads the library."""


async def draw(chart: Chart, language: str) -> bytes:
    """Draw a chart as a PNG; empty when it cannot be done, or not in time."""
    try:
        async with asyncio.timeout(WITHIN.total_seconds()):
            return await asyncio.to_thread(_drawn, chart, language)
    except Exception as error:  # the words were said already; a picture is not worth the turn
        log.warning("no picture", extra={"error": type(error).__name__})
        return b""


def _drawn(chart: Chart, language: str) -> bytes:
    from bot.drawing import weeks  # matplotlib takes a second or more

    return weeks.png(chart, language)
