"""The journey's picture, drawn from its table.

`python -m bot.journey.diagram` prints it; with a page's name, the picture in it is renewed.
"""

import re
import sys
from pathlib import Path

from bot.journey.conversation import EVERYDAY, SAFETY, Stage
from bot.journey.moves import MOVES, own
from bot.journey.rows import Move
from bot.journey.stages import (
    anywhere,
    consent,
    data,
    feedback,
    heavy,
    home,
    nudging,
    opinions,
    safety,
)

_EVERYWHERE = {
    module.__name__
    for module in (
        anywhere,
        data,
        heavy,
        nudging,
        opinions,
        safety,
    )
}
_LOOKS = {home.look_up, consent.agree_again, feedback.comment}
"""Looking at a plan or goals leads nowhere, and a comment, danger and what `_EVERYWHERE` does may
happen in every stage; everyday stages lead to each other. Drawn, they would hide the road."""


def _is_drawn(move: Move) -> bool:
    """Tell whether a row belongs into the picture; what every stage opens is drawn from HOME."""
    opens = isinstance(move.when, str) and move.when.startswith("/")
    if opens and move in own.ROWS and move.at is not Stage.HOME:
        return False
    if move.at in SAFETY:
        return False
    return move.do not in _LOOKS and move.do.__module__ not in _EVERYWHERE


def mermaid() -> str:
    """Draw every way from one stage to another as a Mermaid state diagram."""
    ways = {
        (move.at, to)
        for move in MOVES
        if _is_drawn(move)
        for to in move.to
        if to is not move.at and _leads_on(move.at, to)
    }
    lines = [f"    {at} --> {to}" for at, to in sorted(ways)]
    return "\n".join(["stateDiagram-v2", "    [*] --> consent", *lines])


def _leads_on(at: Stage, to: Stage) -> bool:
    """Tell whether a way is drawn: of everyday stages, those from home and back to it."""
    return at not in EVERYDAY or at is Stage.HOME or to is Stage.HOME


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
