import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.access import Access, Claim
from bot.background import Background
from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.telegram.connect import Connection
from bot.telegram.door import Door, DoorTexts
from bot.telegram.listen import Listener
from bot.telegram.reception import Reception
from storage.database import Database
from storage.tables.transport import INBOX

TEXTS = DoorTexts(stranger="This bot is somebody's own.", group="I work in private chats only.")
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
        self.owners: list[int] = []
        self.arrived = asyncio.Event()
        door = Door(connection.bot, self.access, TEXTS, background, self.keep_owner)
        reception = Reception(database, door, self.clock, self.arrived.set)
        listener = Listener(connection, reception, self.clock)
        background.start("listener", listener.run())

    async def keep_owner(self, user_id: int) -> None:
        self.owners.append(user_id)

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            async for _ in self.sandbox.feed.follow(None):
                if seen():
                    return

    def say(self, text: str, person: int = YOU) -> None:
        acts.say(self.sandbox, self.sandbox.chats[person], self.sandbox.people[person], text)

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

    assert house.answers() == [TEXTS.stranger]
    assert await house.rows() == 0


async def test_the_claim_code_lets_its_sender_in_at_once(house: House) -> None:
    house.access.claim = Claim(house.clock)
    house.say(f"/start {house.access.claim.code}")
    async with asyncio.timeout(5):
        await house.arrived.wait()

    assert house.owners == [YOU]
    assert await house.rows() == 1
    assert house.answers() == []


async def test_a_group_is_told_once_and_left(house: House) -> None:
    house.access.public = True
    group = acts.found_group(house.sandbox, "Runners", [house.sandbox.people[YOU]])
    acts.say(house.sandbox, group, house.sandbox.people[YOU], "hi all")
    await house.until(lambda: bool(house.answers(group.id)))
    for task in asyncio.all_tasks():
        if task.get_name() == "answer at the door":
            await task

    assert group.bot_left
    assert house.answers(group.id) == [TEXTS.group]
    assert await house.rows() == 0
