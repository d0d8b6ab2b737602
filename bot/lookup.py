"""What the store can tell of one person; of somebody who has no row yet, nothing."""

from datetime import datetime

from bot import keeping, known, owned
from bot.journey.events import Due, Subject
from bot.journey.found import DueFound, KnownGoal, OwnedGoal
from bot.journey.pictures import StarsGiven
from storage.conversations import Standing
from storage.database import Database


class Lookup:
    """Looks things up, each in a transaction of its own."""

    def __init__(self, database: Database, standing: Standing | None) -> None:
        self._database = database
        self._person = standing.person if standing else None

    async def goals(self) -> tuple[KnownGoal, ...]:
        """Look up their goals with how they are lived, what has a plan first."""
        if (person := self._person) is None:
            return ()
        return await self._database.read(lambda t: known.goals_of(t, person))

    async def owned(self) -> tuple[OwnedGoal, ...]:
        """Look up their goals as what can be ordered, changed and deleted."""
        if (person := self._person) is None:
            return ()
        return await self._database.read(lambda t: owned.goals_of(t, person))

    async def due(self, due: Due) -> DueFound:
        """Look up what decides whether anything is said unasked."""
        if (person := self._person) is None:
            return DueFound(due.at, due.turn, due, (), 0, ())
        return await self._database.read(lambda t: known.due(t, person, due))

    async def lately(self, now: datetime) -> known.Lately:
        """Look back on what was said; *now* carries their zone."""
        if (person := self._person) is None:
            return known.NOTHING_LATELY
        return await self._database.read(lambda t: known.lately(t, person, now))

    async def stars(self, now: datetime) -> StarsGiven:
        """Look up the stars they gave."""
        if (person := self._person) is None:
            return StarsGiven(known.STARS_DAYS, {}, {})
        return await self._database.read(lambda t: known.stars(t, person, now))

    async def exchange(self, reply: Subject) -> tuple[str, str] | None:
        """Look up a reply of ours, and before it the words that it answered."""
        if (person := self._person) is None:
            return None
        subject = keeping.stored(reply)
        return await self._database.read(lambda t: known.exchange(t, person, subject))
