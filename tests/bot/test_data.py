"""See, take away, erase, invite: through the sandbox, over real HTTP."""

import json
from pathlib import Path

from sqlalchemy import select

from bot.journey.house import Disclosure
from bot.opik import Opik
from bot.sandbox import acts
from coach.llm.scripted import ScriptedModel
from storage.tables.people import PERSON
from storage.tables.transport import INBOX, OUTBOX
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan

CANARY = "canaryword"


def files(guest: Guest) -> dict[str, bytes]:
    """List the documents in the chat, by the end of their names."""
    sent = [message["document"] for message in guest.heard() if "document" in message]
    found = {one["file_name"].rpartition(".")[2]: one["file_id"] for one in sent}
    stored = {kind: guest.sandbox.files.get(file_id) for kind, file_id in found.items()}
    return {kind: file.content for kind, file in stored.items() if file}


def traces(transaction: Transaction, guest: Guest) -> list[bytes]:
    row = transaction.run(select(PERSON).where(PERSON.c.chat_id == guest.person.id)).one()
    chat = guest.person.id
    ids = [str(chat).encode(), chat.to_bytes((chat.bit_length() + 8) // 8), CANARY.encode()]
    return [row.wrapped_key, row.public_id.encode(), *ids]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("rein.db*"))


async def erase(guest: Guest, taps: int = 1) -> None:
    """Ask to erase everything, and tap the button."""
    await guest.say("/delete")
    await guest.until(lambda: "Delete everything" in guest.labels())
    message, written = guest.button("Delete everything")
    for _ in range(taps):
        acts.press(guest.sandbox, guest.person, message["message_id"], written)
    await guest.until(lambda: "Everything is erased" in guest.last()["text"])


async def test_everything_is_taken_away_as_json_and_as_a_calendar(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest, other = rein.guest(), rein.guest("Eve")
        await other.say("/start")
        await agree_to_a_plan(guest)

        await guest.say("Export my data")
        await guest.until(lambda: len(files(guest)) == 2)

        kept = json.loads(files(guest)["json"])
        assert "10k" in kept["goal"][0]["understanding"]["text"]
        assert kept["plan"]
        assert [row["chat_id"] for row in kept["person"]] == [guest.person.id]
        assert b"BEGIN:VEVENT" in files(guest)["ics"]
        assert "in a minute" in await guest.say("/export")


async def test_after_an_erasure_no_byte_of_the_person_is_left(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein, rein.open() as bot:
        for number in range(3_000_001, 3_000_004):
            rein.sandbox.add_person("Ada", "en", 7_000_000_000 + number)
        guests = [Guest(rein.sandbox, person) for person in list(rein.sandbox.people.values())[-3:]]
        for guest in guests:
            await agree_to_a_plan(guest)
            await guest.say(f"I did not {CANARY} today")
        gone, stays = guests[1], guests[2]
        told = await bot.database.read(lambda t: traces(t, gone))

        await erase(gone)

        after = bytes_of(tmp_path)
        assert [trace for trace in told if trace in after] == []
        assert (await bot.database.read(lambda t: traces(t, stays)))[1] in after
        assert "May I store" in await gone.say("/start")


async def test_a_turn_that_is_under_way_ends_in_nothing(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree_to_a_plan(guest)
        await erase(guest, taps=4)

        def left(transaction: Transaction) -> list[int]:
            of = guest.person.id
            found = [
                transaction.run(select(table.c.id).where(table.c.chat_id == of)).scalars().all()
                for table in (PERSON, INBOX, OUTBOX)
            ]
            return [len(rows) for rows in found]

        assert rein.bot is not None
        people, _, _ = await rein.bot.database.read(left)
        assert people == 0


async def test_keeping_leads_back_to_the_question_that_was_open(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")
        await guest.say("I want to run a 10k by April")
        pending = guest.labels()
        await guest.say("delete my data")

        await guest.press("Keep")
        await guest.until(lambda: guest.labels() == pending)


NOBODY_THERE = Opik(url="http://127.0.0.1:9")


async def test_privacy_names_provider_tracing_and_operator(tmp_path: Path):
    disclosure = Disclosure("Google's Gemini", False, "https://opik.example", False, "ops@x.org")
    async with (
        house.sandbox_only(tmp_path) as rein,
        rein.open(disclosure=disclosure, model=ScriptedModel(), opik=NOBODY_THERE),
    ):
        told = await rein.guest().say("What do you do with my data?")

    for named in ("Google's Gemini", "https://opik.example", "ops@x.org", "/delete"):
        assert named in told


async def test_an_admin_invites_and_the_invited_comes_in_until_erased(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        admin, guest = rein.guest("Olga"), rein.guest("Gus")
        door = {"public": False, "admins": frozenset({admin.person.id})}
        async with rein.open(**door):
            assert "private" in await guest.say("hello")
            link = await admin.say("/invite")
            code = link.partition("?start=")[2].strip()

            assert "May I store" in await guest.say(f"/start {code}")
            assert "don't know that one" in await guest.say("/invite")
            told = await admin.say("/admin")
            assert "Open invitations: 0" in told
            assert "Mean response, under 2 s: – (n " in told  # too few to claim anything
            assert "Turns that went wrong: 0 of " in told
        async with rein.open(**door):
            await erase(guest)
            assert "your invitation too" in guest.last()["text"]


async def test_the_profile_and_the_menus_are_there_in_each_language(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        async with rein.open(admins=frozenset({1001})):
            profile = rein.sandbox.profile
            await rein.guest().say("/start")
            admins = json.dumps({"chat_id": 1001, "type": "chat"}, sort_keys=True)
            async for _ in rein.sandbox.feed.follow(None):
                if (admins, "es") in profile.commands:
                    break

        everyone = [one["command"] for one in profile.commands['{"type": "default"}', ""]]
        assert {"privacy", "export", "delete"} <= set(everyone)
        assert not {"invite", "admin"} & set(everyone)
        assert [one["command"] for one in profile.commands[admins, "es"]][2:] == everyone
        assert set(profile.descriptions) == set(profile.short_descriptions) == {"", "es"}
