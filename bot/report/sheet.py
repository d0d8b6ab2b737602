"""One table of a report, in words."""

from dataclasses import dataclass

Row = tuple[str, ...]
NOTHING = "Nothing in this window"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its first *names* columns are names, the others figures."""

    title: str
    head: Row
    rows: list[Row]
    note: str = ""
    names: int = 1
