import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.access import Access, Claim
from bot.background import Background
from bot.bells import committing
from bot.clock import SystemClock
from bot.guest_book import StoredGuests
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.stops import Stops
from bot.telegram.connect import Connection
from bot.telegram.door import Door
from bot.telegram.listen import Listener
from bot.telegram.reception import Reception
from bot.texts import texts
from storage import access as stored_access
from storage import installation
from storage.database import Database
from storage.tables.transport import INBOX

SAID = texts("en")
YOU = 1001


class House:
    """A listening bot with a door."""

    def __init__(
        self, database: Database, connection: Connection, sandbox: Sandbox, background: Background
    ) -> None:
        self.clock = SystemClock()
        self.database = database
        self.sandbox = sandbox
        self.access = Access(self.clock)
        self.guests = StoredGuests(database, self.clock)
        self.arrived = asyncio.Event()
        door = Door(connection.bot, self.access, self.guests, background)
        commit = committing(database, self.arrived.set)
        reception = Reception(commit, door, self.clock, Stops().stop)
        listener = Listener(connection, reception, self.clock)
        background.start("listener", listener.run())

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            async for _ in self.sandbox.feed.follow(None):
                if seen():
                    return

    def say(self, text: str, person: int = YOU) -> None:
        acts.say(self.sandbox, self.sandbox.chats[person], self.sandbox.people[person], text)

    async def settled(self) -> None:
        for task in asyncio.all_tasks():
            if task.get_name() == "answer at the door":
                await task

    def answers(self, chat: int = YOU) -> list[str]:
        messages = self.sandbox.chats[chat].since(0)
        return [found["text"] for found in messages if found["from"]["is_bot"]]

    async def rows(self) -> int:
        count = select(func.count()).select_from(INBOX)
        return await self.database.read(lambda transaction: transaction.run(count).scalar_one())


@pytest.fixture
async def house(
    database: Database, connection: Connection, sandbox: Sandbox, background: Background
) -> House:
    return House(database, connection, sandbox, background)


async def test_a_stranger_leaves_no_row_and_gets_one_reply(house: House) -> None:
    for text in ("/start", "hello?", "let me in"):
        house.say(text)
    await house.until(lambda: bool(house.answers()))
    house.say("please")
    house.sandbox.add_person("Bo", "en", 1002)
    house.say("hello", 1002)
    await house.until(lambda: bool(house.answers(1002)))

    assert house.answers() == [SAID("stranger")]
    assert await house.rows() == 0


async def test_the_claim_code_lets_its_sender_in_at_once(house: House) -> None:
    house.access.claim = Claim(house.clock)
    house.say(f"/start {house.access.claim.code}")
    async with asyncio.timeout(5):
        await house.arrived.wait()

    assert await house.database.read(installation.owner) == YOU
    assert await house.rows() == 1
    assert house.answers() == []


async def test_a_group_is_told_once_and_left(house: House) -> None:
    house.access.public = True
    group = acts.found_group(house.sandbox, "Runners", [house.sandbox.people[YOU]])
    acts.say(house.sandbox, group, house.sandbox.people[YOU], "hi all")
    await house.until(lambda: bool(house.answers(group.id)))
    await house.settled()

    assert group.bot_left
    assert house.answers(group.id) == [SAID("group")]
    assert await house.rows() == 0


async def test_a_group_that_takes_the_bot_back_is_left_in_silence(house: House) -> None:
    group = acts.found_group(house.sandbox, "Runners", [house.sandbox.people[YOU]])
    await house.until(lambda: bool(house.answers(group.id)))
    await house.settled()

    acts.move_bot(house.sandbox, group, house.sandbox.people[YOU].user(), "left", "member")
    house.say("hello")
    await house.until(lambda: bool(house.answers()))
    await house.settled()

    assert group.bot_left
    assert house.answers(group.id) == [SAID("group")]


async def test_an_invitation_lets_its_sender_in_while_the_bot_runs(house: House) -> None:
    code = await house.guests.invite(1, made_by=5)
    house.say(f"/start {code}")
    async with asyncio.timeout(5):
        await house.arrived.wait()

    assert await house.rows() == 1
    assert house.answers() == []
    assert await house.database.read(stored_access.admitted) == {YOU}


async def test_whom_another_process_let_in_is_known_here_at_once(house: House) -> None:
    house.access.among_others = True
    code = await house.guests.invite(1, made_by=5)
    assert await house.guests.redeem(code, YOU)
    house.say("hello")
    async with asyncio.timeout(5):
        await house.arrived.wait()

    assert await house.rows() == 1
    assert house.answers() == []


async def test_who_owns_the_bot_is_learnt_from_another_process(house: House) -> None:
    await house.database.write(lambda t: installation.set_owner(t, YOU))

    await house.guests.follow(house.access)

    assert house.access.is_admin(YOU)


async def test_a_code_that_does_not_fit_is_said_so_once(house: House) -> None:
    for _ in range(3):
        house.say("/start no-such-code-at-all")
    await house.until(lambda: bool(house.answers()))
    await house.settled()

    assert house.answers() == [SAID("stranger.code")]
    assert await house.rows() == 0


async def test_whoever_was_erased_meanwhile_is_a_stranger_again(house: House) -> None:
    house.access.invited.add(YOU)
    house.say("hello")
    await house.until(lambda: bool(house.answers()))

    assert house.answers() == [SAID("stranger")]


async def test_a_stranger_is_answered_in_the_language_of_their_telegram(house: House) -> None:
    house.sandbox.add_person("Eva", "es", 1003)
    house.say("hola", 1003)
    await house.until(lambda: bool(house.answers(1003)))

    assert house.answers(1003) == [texts("es")("stranger")]
