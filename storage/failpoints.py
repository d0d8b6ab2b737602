"""Named places where a crash test kills the process, as a power cut would.

`FAILPOINTS="send.after:3"` kills at the third pass of that place. Unset, as in service,
a place costs one look at an empty dictionary.
"""

import os
import signal

_passes_left: dict[str, int] = {}


def arm(places: str) -> None:
    """Set where to die: `name:passes` pairs with commas between; empty means nowhere."""
    _passes_left.clear()
    for place in filter(None, places.split(",")):
        name, _, passes = place.partition(":")
        _passes_left[name] = int(passes or 1)


def failpoint(name: str) -> None:
    """Die here if it was asked for."""
    if not _passes_left or name not in _passes_left:
        return
    _passes_left[name] -= 1
    if _passes_left[name] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("FAILPOINTS", ""))
