"""Methods by which the bot gets its updates: polling or a webhook, never both."""

import re
from typing import Any, cast

from bot.sandbox.bot_api import refusals
from bot.sandbox.bot_api.call import Call
from bot.sandbox.shapes import Json
from bot.sandbox.updates import PollerReplacedError
from bot.sandbox.world import Webhook

LONGEST_POLL = 50  # seconds
MOST_UPDATES = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


async def get_updates(call: Call) -> list[Json]:
    """Confirm what the bot has, and wait for more."""
    updates = call.sandbox.updates
    if call.sandbox.webhook.url:
        raise refusals.conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _allow(call)
    if call.integer("offset"):
        updates.confirm(call.integer("offset"))
    limit = min(max(call.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)
    timeout = min(max(call.integer("timeout"), 0), LONGEST_POLL)
    try:
        return await updates.poll(limit, timeout)
    except PollerReplacedError:
        raise refusals.conflict(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        ) from None


async def set_webhook(call: Call) -> bool:
    """Have updates posted to a URL; an empty one goes back to polling."""
    url, secret = call.text("url"), call.text("secret_token")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise refusals.bad_request("bad webhook: invalid webhook URL specified")
    if not _SECRET.fullmatch(secret):
        raise refusals.bad_request("secret token contains unallowed characters")
    _allow(call)
    return _switch(call, Webhook(url, secret))


async def delete_webhook(call: Call) -> bool:
    """Go back to polling."""
    return _switch(call, Webhook())


async def get_webhook_info(call: Call) -> Json:
    """Tell where updates go and how that went."""
    webhook, updates = call.sandbox.webhook, call.sandbox.updates
    told: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates),
    }
    if updates.allowed:
        told["allowed_updates"] = list(updates.allowed)
    if webhook.last_error:
        told["last_error_date"], told["last_error_message"] = webhook.last_error
    return told


def _switch(call: Call, webhook: Webhook) -> bool:
    if call.truth("drop_pending_updates"):
        call.sandbox.updates.clear()
    call.sandbox.webhook = webhook
    call.sandbox.updates.replace_poller()
    return True


def _allow(call: Call) -> None:
    refusal = "can't parse allowed_updates JSON object"
    allowed: Any = call.structure("allowed_updates", refusal)
    if allowed is None:
        return
    if not isinstance(allowed, list):
        raise refusals.bad_request(refusal)
    call.sandbox.updates.allowed = tuple(map(str, cast(list[Any], allowed)))
