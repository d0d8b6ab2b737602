"""The journey's picture, drawn from its table: `python -m bot.journey.diagram` prints it."""

from bot.journey.moves import MOVES
from bot.journey.stages import anywhere, home

_LOOKS = {home.look_up, home.show}
"""Looking at a plan or goals leads nowhere; what `anywhere` does may happen in every stage.
Drawn, both would hide the road."""


def mermaid() -> str:
    """Draw every way from one stage to another as a Mermaid state diagram."""
    ways = {
        (move.at, to)
        for move in MOVES
        if move.do not in _LOOKS and move.do.__module__ != anywhere.__name__
        for to in move.to
        if to is not move.at
    }
    lines = [f"    {at} --> {to}" for at, to in sorted(ways)]
    return "\n".join(["stateDiagram-v2", "    [*] --> consent", *lines])


if __name__ == "__main__":
    print(mermaid())
