"""Moving to another database: everything in it, and the file that tells who was erased."""

from bot.clock import SystemClock
from bot.settings import Settings
from storage import copying, location, tombstones


def copy(chosen: Settings, source: str, target: str) -> dict[str, int]:
    """Copy a database; tell how many rows each table has. OSError if tombstones cannot be read."""
    copied = copying.copy(source, target, SystemClock().now())
    if chosen.erased_file is None:
        old, new = (
            tombstones.place(location.parse(url), chosen.key_file) for url in (source, target)
        )
        tombstones.prepare(new)
        tombstones.add(new, tombstones.read(old))
    return copied
