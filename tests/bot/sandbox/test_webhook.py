import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import httpx
import pytest
from aiohttp import web

from bot.sandbox.shapes import Json
from tests.bot.sandbox.conftest import TOKEN, YOU


@dataclass
class Hook:
    url: str = ""
    answers: list[int] = field(default_factory=list[int])  # statuses to give first, then 200
    got: asyncio.Queue[tuple[str | None, Json]] = field(
        default_factory=asyncio.Queue[tuple[str | None, Json]]
    )

    async def receive(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.put_nowait((secret, await request.json()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def hook() -> AsyncGenerator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret_until_taken(root: str, hook: Hook):
    hook.answers = [500]
    async with httpx.AsyncClient(base_url=root) as client:
        parameters = {"url": hook.url, "secret_token": "s-3"}
        await client.post(f"/bot{TOKEN}/setWebhook", data=parameters)
        for text in ("one", "two"):
            await client.post(f"/sandbox/people/{YOU}/say", json={"text": text})
        posted = [await hook.got.get() for _ in range(3)]
        told = (await client.get(f"/bot{TOKEN}/getWebhookInfo")).json()["result"]

    assert [update["message"]["text"] for _, update in posted] == ["one", "one", "two"]
    assert {secret for secret, _ in posted} == {"s-3"}
    assert "500" in told["last_error_message"]
