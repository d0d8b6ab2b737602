"""Updates of every shape but the right one: nothing behind them is lost, and no word is logged."""

import json
import logging
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.http import SECRET_HEADER
from bot.options import WebhookAddress
from bot.sandbox import acts
from bot.sandbox.updates import Updates
from tests.bot import house
from tests.bot.house import Guest
from tests.bot.telegram.updates import ADA, BOT, CHAT, GROUP
from tests.bot.test_metrics import free_port
from tests.hostile import rows
from tests.proofs import proven
from tests.tiers import FULL

SECRET = "s" * 32
WORD = "marmalade-canary"
NOT_THERE = ("chat not found", "query ID is invalid", "leave private chats")
"""What Telegram says of chats, kinds of chat and taps that exist in an update alone."""
WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**40, 1.5, "", WORD, [], [[]], {}, {"id": WORD}, {"id": 1001},
)  # fmt: skip
FINE: dict[str, Any] = {
    "message_id": 10,
    "date": 1_763_000_000,
    "from": ADA,
    "chat": CHAT,
    "text": WORD,
}
OTHER_KINDS = (
    "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "inline_query", "poll", "poll_answer",
    "chosen_inline_result", "shipping_query", "pre_checkout_query", "purchased_paid_media",
    "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "message_reaction",
    "message_reaction_count", "my_chat_member", "never_heard_of", "", "callback_query",
    "stopped_message_generation",
)  # fmt: skip
QUERY: dict[str, Any] = {"id": "1", "from": ADA, "chat_instance": "1", "data": "1:ok:1:"}
HALF = "\ud800 " + WORD
"""With half of a surrogate pair, which no UTF-8 can hold, but JSON can."""
HALVES: tuple[dict[str, Any], ...] = (
    {"message": {**FINE, "text": HALF}},
    {"message": {**FINE, "from": {**ADA, "first_name": HALF, "username": HALF}}},
    {"edited_message": {**FINE, "text": HALF, "edit_date": FINE["date"]}},
    {"callback_query": {**QUERY, "data": HALF}},
)
UPDATES: tuple[dict[str, Any], ...] = (
    *({"message": {**FINE, name: wrong}} for name in FINE for wrong in WRONG),
    *({"message": {k: v for k, v in FINE.items() if k != name}} for name in FINE),
    *({kind: body} for kind in OTHER_KINDS for body in (FINE, {}, None, WORD, [1])),
    *({"callback_query": {**QUERY, name: wrong}} for name in QUERY for wrong in WRONG),
    {"message": {**FINE, "entities": [{"type": "bot_command", "offset": -5, "length": 10**9}]}},
    {"message": {**FINE, "entities": [{"type": WORD, "offset": "x", "length": None}]}},
    {"message": {**FINE, "from": BOT, "chat": CHAT}},
    {"message": {**FINE, "from": BOT, "chat": GROUP}},
    {"message": {**FINE, "sender_chat": GROUP, "chat": GROUP}},
    {"message": {**FINE, "chat": {"id": -1001, "type": "channel", "title": WORD}}},
    *HALVES,
    {"message": {**FINE, "text": WORD * 20_000}},
    {},
)
"""Without their numbers; 1001 is the sandbox's first person."""


class Raw(Updates):
    """A queue that takes an update of any shape."""

    def bring(self, update: dict[str, Any]) -> None:
        """Queue it under the next number."""
        self._queue.append({"update_id": self._next, **update})
        self._next += 1
        self._pulse.ring()


@pytest.mark.long
async def test_malformed_updates_hold_nothing_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, refused: list[str]
):
    caplog.set_level(logging.DEBUG)
    chosen = UPDATES if FULL else UPDATES[::2]
    behind = 0
    async with house.sandbox_only(tmp_path) as rein:
        updates = rein.sandbox.updates = Raw(int(rein.sandbox.clock.now().timestamp()))
        async with rein.open():
            guest = rein.guest()
            for at in range(0, len(chosen), 10):
                for update in chosen[at : at + 10]:
                    updates.bring(update)
                before = len(guest.heard())
                acts.say(rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, "/help")
                await guest.until(lambda heard=before: len(guest.heard()) > heard)
                behind += 1
            await rein.settled()
            why = await rows.given_up(rein)

    assert all(reason.endswith(NOT_THERE) for reason in refused), set(refused)
    assert not [reason for reason in why if WORD in reason]
    assert WORD not in caplog.text
    proven("updates", "polling", updates=len(chosen), behind=behind, lost=0, logged=0)


@pytest.mark.parametrize("update", HALVES[:2], ids=["text", "name"])
async def test_half_a_surrogate_pair_is_answered(
    tmp_path: Path, update: dict[str, Any], refused: list[str]
):
    async with house.sandbox_only(tmp_path) as rein:
        updates = rein.sandbox.updates = Raw(int(rein.sandbox.clock.now().timestamp()))
        guest = Guest(rein.sandbox, rein.sandbox.people[ADA["id"]])
        async with rein.open():
            updates.bring(update)
            await guest.until(guest.heard)
            await rein.settled()
            assert await rows.given_up(rein) == []
    assert refused == []


@pytest.mark.long
async def test_a_webhook_takes_any_body_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    numbered = [{"update_id": 7 + at, **one} for at, one in enumerate(UPDATES)]
    bodies = [json.dumps(one).encode() for one in numbered[:: 1 if FULL else 3]]
    bodies += [b"", b"{", b"\xff\xfe", b"null", b"[1]", b'"x"', b"[" * 100_000, b"9" * 10_000]
    bodies += [json.dumps({"update_id": number, "message": FINE}).encode() for number in WRONG]
    port = free_port()
    webhook = WebhookAddress(f"http://127.0.0.1:{port}/updates", SECRET)
    async with (
        house.sandbox_only(tmp_path) as rein,
        rein.open(http=("127.0.0.1", port), webhook=webhook),
        aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as telegram,
    ):
        for body in bodies:
            async with telegram.post(webhook.url, data=body) as answer:
                assert answer.status == 200, body[:80]
        guest = rein.guest()
        await guest.say("/start")
        await rein.settled()
        why = await rows.given_up(rein)

    assert not [reason for reason in why if WORD in reason]
    assert WORD not in caplog.text
    proven("updates", "webhook", updates=len(bodies), behind=1, lost=0, logged=0)
