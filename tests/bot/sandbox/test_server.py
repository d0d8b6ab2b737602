import asyncio
import time

import httpx
import pytest

from bot.sandbox import server
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import TOKEN, served


async def test_stopping_does_not_wait_for_pollers_and_pages(sandbox: Sandbox):
    listener = server.listen()
    root = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=root, timeout=30) as client, asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve(sandbox, listener))
        async with client.stream("GET", "/sandbox/events") as stream:
            await anext(stream.aiter_lines())
            poll = tasks.create_task(client.get(f"/bot{TOKEN}/getUpdates?timeout=50"))
            await sandbox.updates.changed()
            started = time.monotonic()
            serving.cancel()
            await asyncio.wait({serving})

    assert poll.result().json() == {"ok": True, "result": []}
    assert time.monotonic() - started < 5  # far below the poll's 50


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rein.example.org"},
        {"host": "127.0.0.1.example.org"},
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=str,
)
async def test_other_web_pages_are_kept_out(client: httpx.AsyncClient, headers: dict[str, str]):
    for path in ("/sandbox/world", f"/bot{TOKEN}/getMe"):
        assert (await client.get(path, headers=headers)).status_code == 403


async def test_the_page_may_load_nothing_from_elsewhere(client: httpx.AsyncClient):
    answer = await client.get("/")
    policy = answer.headers["content-security-policy"]

    assert answer.status_code == 200
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_a_bot_that_is_killed_while_it_calls_is_no_fault_of_the_sandbox(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
):
    async with served(sandbox) as root, httpx.AsyncClient(base_url=root) as another:
        host, port = root.removeprefix("http://").split(":")
        _, caller = await asyncio.open_connection(host, int(port))
        head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: {host}\r\n"
        caller.write(f"{head}Content-Length: 9\r\n\r\n{{".encode())
        await another.get("/sandbox/world")  # when it is answered, what came before is being read
        caller.close()
        await another.get("/sandbox/world")

    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []
