"""The office: answers what the journey asks about the house, and closes somebody's file."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from bot import access as codes
from bot import inactive, takeaway
from bot.access import Access
from bot.clock import Clock
from bot.guest_book import StoredGuests
from bot.journey.events import Command, Event
from bot.journey.house import (
    Administered,
    AskCounts,
    AskDisclosure,
    AskExport,
    AskHouse,
    AskInvitation,
    AskToken,
    Counted,
    Counts,
    Disclosed,
    Disclosure,
    Document,
    Exported,
    Invited,
    TokenDrawn,
)
from bot.outgoing import EditKeyboard, Outgoing, SendText
from bot.report import in_chat
from bot.texts import texts
from storage import census
from storage.database import Database
from storage.people import Person

TOKEN_BYTES = 9
ADMINISTER = frozenset({"invite", "admin"})
"""Commands of those who may invite; for everybody else they do not exist."""


class Post(Protocol):
    """A way to the person that leaves nothing behind."""

    async def send(self, chat_id: int, outgoing: Outgoing) -> object:
        """Send at once, or not at all."""
        ...


async def no_model(_: str) -> str:
    """Say that there is no model, for anybody."""
    return ""


@dataclass(frozen=True, slots=True)
class About:
    """What the house says of itself; *mode* tells by a person's public id who words answers.

    *day_cap*: the most that a day of everybody's may cost, in US dollars.
    """

    username: str
    disclosure: Disclosure
    day_cap: Decimal
    mode: Callable[[str], Awaitable[str]] = no_model


class Office:
    """What only the house itself knows; one serves everybody."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        access: Access,
        post: Post,
        about: About,
    ) -> None:
        self._database = database
        self._clock = clock
        self._access = access
        self._guests = StoredGuests(database, clock)
        self._post = post
        self._about = about

    @property
    def disclosure(self) -> Disclosure:
        """Return what people have a right to know of this house."""
        return self._about.disclosure

    def addressed(self, command: Command, user_id: int) -> Event:
        """Tell a command of somebody who may invite from everybody's."""
        if command.name in ADMINISTER and self._access.is_admin(user_id):
            return Administered(command.at, command.turn, command.name, command.argument)
        return command

    async def answer(
        self, ask: AskHouse, person: Person | None, user_id: int, event: Event
    ) -> Event:
        """Answer *ask*; the answer has the time and the turn of *event*."""
        at, turn = event.at, event.turn
        match ask:
            case AskDisclosure(wanted):
                mode = await self._about.mode(person.public_id if person else "")
                return Disclosed(at, turn, self.disclosure, wanted, mode)
            case AskToken():
                return TokenDrawn(at, turn, secrets.token_urlsafe(TOKEN_BYTES))
            case AskExport():
                return Exported(at, turn, await self._documents(person))
            case AskInvitation(uses):
                code = await self._guests.invite(uses, user_id)
                link = codes.link(self._about.username, code)
                return Invited(at, turn, link, uses, codes.INVITATION_LIFE.days)
            case AskCounts():
                return Counted(at, turn, await self._count())

    async def _documents(self, person: Person | None) -> tuple[Document, ...]:
        if person is None:
            return ()
        now = self._clock.now()
        return await self._database.read(lambda t: takeaway.documents(t, person, now))

    async def _count(self) -> Counts:
        now, cap = self._clock.now(), self._about.day_cap
        found = await self._database.read(lambda t: census.take(t, now))
        summary = await self._database.read(lambda t: in_chat.told(t, now, cap))
        return Counts(
            people=found.people,
            heard_this_week=found.heard_lately,
            goals=found.goals,
            waiting=found.waiting,
            invitations=found.invitations,
            summary=summary,
        )

    async def close_file(self, chat_id: int, message: int, language: str) -> None:
        """After an erasure: leave no copy in any file, and say so without keeping a word."""
        await self.leave_no_copy(chat_id)
        stays = self._access.admits(chat_id)
        said = texts(language)("delete.done" if stays else "delete.done_uninvited")
        await self._post.send(chat_id, EditKeyboard((), message=message))
        await self._post.send(chat_id, SendText(said))

    async def leave_no_copy(self, chat_id: int) -> None:
        """After an erasure: forget who it was, and leave no copy in any file."""
        self._access.forget(chat_id)
        await inactive.finish(self._database, self._clock)
