"""The way to the person, as a turn has it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.drafts import Drafts
from bot.ending import Ending
from bot.office import Office
from bot.stops import Stops
from storage.people import Person
from storage.transaction import Transaction


class Taps(Protocol):
    """Where taps are answered at once, without waiting."""

    def answer_tap(self, callback_query_id: str, text: str = "") -> None:
        """Answer a tap, with a toast if there is a text."""
        ...


class Commit(Protocol):
    """Has the end of a turn committed, and whoever sends hear of it."""

    async def __call__(
        self, work: Callable[[Transaction], object], answers: int | None = None
    ) -> None:
        """Do *work*, as `Database.write` does; *answers* is the chat that it answers, if any."""
        ...


@dataclass(frozen=True, slots=True)
class Channel:
    """Our name, who is told of what happens, the office, and what is seen of a turn under way."""

    username: str
    taps: Taps
    commit: Commit
    on_language: Callable[[int, str], None]
    on_made: Callable[[Person, str], None]  # perhaps, in this turn; and a model may see it
    office: Office
    drafts: Callable[[int, int], Drafts]  # of a chat and a draft's number, which is not 0
    stops: Stops
    on_ended: Callable[[Ending], None]  # a turn, once it is committed
