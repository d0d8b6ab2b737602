"""The courier: posts updates to the bot's webhook, in order, each until it is taken."""

import asyncio

import aiohttp

from bot.sandbox.shapes import Json
from bot.sandbox.world import Sandbox, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = aiohttp.ClientTimeout(total=30)
FIRST_RETRY, LAST_RETRY = 0.1, 2.0  # seconds; doubled in between


async def deliver(sandbox: Sandbox) -> None:
    """Carry updates to whatever webhook is set, until the sandbox closes."""
    updates, retry = sandbox.updates, FIRST_RETRY
    async with aiohttp.ClientSession(timeout=PATIENCE) as client:
        while not updates.closed:
            webhook, update = sandbox.webhook, updates.oldest()
            if not webhook.url or update is None:
                await updates.changed()
            elif await _taken(client, webhook, update, sandbox.seconds()):
                updates.confirm(update["update_id"] + 1)
                retry = FIRST_RETRY
            else:
                await asyncio.sleep(retry)
                retry = min(retry * 2, LAST_RETRY)


async def _taken(
    client: aiohttp.ClientSession, webhook: Webhook, update: Json, seconds: int
) -> bool:
    headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
    try:
        async with client.post(webhook.url, json=update, headers=headers) as answer:
            if answer.ok:
                return True
            problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        problem = f"Connection failed: {type(error).__name__}"
    webhook.last_error = (seconds, problem)
    return False
