"""The journey's picture, drawn from its table.

`python -m bot.journey.diagram` prints it; with a page's name, the picture in it is renewed.
"""

import re
import sys
from pathlib import Path

from bot.journey.moves import MOVES
from bot.journey.stages import anywhere, data, home

_EVERYWHERE = {anywhere.__name__, data.__name__}
_LOOKS = {home.look_up, home.show}
"""Looking at a plan or goals leads nowhere, and what `_EVERYWHERE` does may happen in every
stage. Drawn, both would hide the road."""


def mermaid() -> str:
    """Draw every way from one stage to another as a Mermaid state diagram."""
    ways = {
        (move.at, to)
        for move in MOVES
        if move.do not in _LOOKS and move.do.__module__ not in _EVERYWHERE
        for to in move.to
        if to is not move.at
    }
    lines = [f"    {at} --> {to}" for at, to in sorted(ways)]
    return "\n".join(["stateDiagram-v2", "    [*] --> consent", *lines])


def redraw(page: Path) -> None:
    """Put the present picture into a page that holds an older one."""
    fence = re.compile(r"```mermaid\n.*?\n```", re.DOTALL)
    picture = f"```mermaid\n{mermaid()}\n```"
    page.write_text(fence.sub(lambda _: picture, page.read_text(encoding="utf-8")), "utf-8")


if __name__ == "__main__":
    for page in sys.argv[1:]:
        redraw(Path(page))
    if not sys.argv[1:]:
        print(mermaid())
