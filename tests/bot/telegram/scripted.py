"""A Bot API whose every answer is written beforehand, for what the sandbox never does."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Json = dict[str, Any]
ME: Json = {"id": 7, "is_bot": True, "first_name": "Rein", "username": "rein_bot"}


def ok(result: Any) -> tuple[int, Json]:
    return 200, {"ok": True, "result": result}


def refused(code: int, description: str = "no", **parameters: Any) -> tuple[int, Json]:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


class ScriptedApi:
    """Answers getUpdates from *script*, then waits; everything else is true."""

    def __init__(self, *script: tuple[int, Json]) -> None:
        self._script = list(script)
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.read_out = asyncio.Event()

    def asked(self, method: str) -> list[dict[str, str]]:
        """List what a method was called with."""
        return [parameters for called, parameters in self.calls if called == method]

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        told: Json = await request.json() if request.content_type == "application/json" else {}
        called = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in told.items()
        }
        self.calls.append((method, {**request.query, **called}))
        status, body = ok(ME if method == "getMe" else True)
        if method == "getUpdates":
            if not self._script:
                self.read_out.set()
                await asyncio.Event().wait()
            status, body = self._script.pop(0)
        return web.json_response(body, status=status)


async def serve_at(api: ScriptedApi, port: int) -> web.AppRunner:
    """Serve *api* until the runner is cleaned up."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


@asynccontextmanager
async def serving(api: ScriptedApi) -> AsyncGenerator[str]:
    """Serve *api* and give its root."""
    runner = await serve_at(api, port=0)
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
