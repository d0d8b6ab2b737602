"""Taps that are forged, another's, stale or doubled: each gets a toast, and nothing happens."""

import asyncio
from pathlib import Path

import pytest

from bot import callback_data
from bot.sandbox import acts
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan
from tests.hostile import rows
from tests.hostile.texts import CODE, FORGED
from tests.proofs import proven


def written(guest: Guest) -> dict[str, int]:
    """List the data of every button in a chat, with its message."""
    return {
        button["callback_data"]: message["message_id"]
        for message in guest.heard()
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    }


async def toast(rein: House, guest: Guest, message: int, data: str) -> str:
    """Tap; return the toast. Each tap is answered, or this ends in a TimeoutError."""
    query = acts.press(rein.sandbox, guest.person, message, data)
    async with asyncio.timeout(house.PATIENCE):
        return (await query.answer).get("text", "")


@pytest.mark.long
async def test_a_tap_that_is_not_ones_own_open_choice_changes_nothing(
    tmp_path: Path, refused: list[str]
):
    async with house.opened(tmp_path) as rein:
        ada, bob = rein.guest("Ada"), rein.guest("Bob")
        stale = await _begun(ada)
        await agree_to_a_plan(bob)
        await bob.until(lambda: "You're set" in bob.last()["text"])
        await rein.settled()
        before = await rows.counted(rein), str(ada.messages()), str(bob.messages())

        under = bob.last()["message_id"]
        forged = [*FORGED, *CODE, "\x00" * 64, "9" * 64, "1:ok:1:" + "z" * 57]
        foreign = [*written(ada), *stale]
        for data in [*forged, *foreign]:
            assert await toast(rein, bob, under, data), data
        for data, message in stale.items():
            for _ in range(2):
                assert await toast(rein, ada, message, data), data
        await rein.settled()

        assert (await rows.counted(rein), str(ada.messages()), str(bob.messages())) == before
        assert refused == []
        assert await rows.given_up(rein) == []
    proven(
        "taps",
        "not one's own",
        taps=len(forged) + len(foreign) + 2 * len(stale),
        effects=0,
        unanswered=0,
    )


async def _begun(guest: Guest) -> dict[str, int]:
    """Go on past some questions; return the buttons whose time is over."""
    await agree_to_a_plan(guest)
    await guest.until(lambda: "You're set" in guest.last()["text"])
    choices = {data: callback_data.decode(data) for data in written(guest)}
    return {
        data: message
        for data, message in written(guest).items()
        if isinstance(choices[data], callback_data.Tap)
    }
