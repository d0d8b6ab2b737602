"""The guest book: the database behind the list at the door."""

from contextlib import suppress
from datetime import timedelta

from bot.access import INVITATION_LIFE, Access, new_code
from bot.clock import Clock
from storage import access, installation
from storage.access import Invitation
from storage.database import Database
from storage.errors import DatabaseUnavailableError


class StoredGuests:
    """Writes down who came in, and makes invitations."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def read(self, found: Access) -> None:
        """Tell the list at the door who owns the bot and who was invited."""
        found.owner = await self._database.read(installation.owner)
        found.invited.update(await self._database.read(access.admitted))

    async def follow(self, found: Access) -> None:
        """Tell the list at the door who owns the bot now: another process may have learnt it."""
        with suppress(DatabaseUnavailableError):
            found.owner = await self._database.read(installation.owner)

    async def keep_owner(self, user_id: int) -> None:
        """Write down who owns the bot."""
        await self._database.write(lambda t: installation.set_owner(t, user_id))

    async def redeem(self, code: str, user_id: int) -> bool:
        """Let somebody in by a code; one that does not fit costs a look and no write."""
        now = self._clock.now()
        if not await self._database.read(lambda t: access.fits(t, code, now)):
            return False
        return await self._database.write(lambda t: access.redeem(t, code, user_id, now))

    async def knows(self, user_id: int) -> bool:
        """Tell whether somebody came in by an invitation and was not erased since."""
        return await self._database.read(lambda t: access.is_admitted(t, user_id))

    async def invite(self, uses: int, made_by: int, life: timedelta = INVITATION_LIFE) -> str:
        """Make an invitation, and return its code."""
        now, code = self._clock.now(), new_code()
        invitation = Invitation(code, uses, now + life, made_by)
        await self._database.write(lambda t: access.invite(t, invitation, now))
        return code
