"""Ingress: how updates come in, by polling or by a webhook, and what is served over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette

from bot import http
from bot.common import Common
from bot.options import WebhookAddress
from bot.telegram import menu
from bot.telegram.door import Door
from bot.telegram.listen import Listener
from bot.telegram.reception import Commit, Reception


@dataclass(frozen=True, slots=True)
class Ingress:
    """The way in; *listener* is None where nothing is polled."""

    reception: Reception
    listener: Listener | None


def ingress(
    common: Common,
    commit: Commit,
    on_stop: Callable[[int, int], None],
    *,
    polls: bool,
) -> Ingress:
    """Make the way in; *commit* and *on_stop* are what `Reception` takes."""
    bot, clock = common.connection.bot, common.options.clock
    door = Door(bot, common.access, common.guests, common.background)
    reception = Reception(commit, door, clock, on_stop)
    listener = Listener(common.connection, reception, clock) if polls else None
    return Ingress(reception, listener)


async def announce(common: Common) -> None:
    """Tell Telegram where it is to bring updates; before anything runs, for a stop may cut it."""
    webhook = common.options.webhook
    if webhook is not None:
        await menu.bring_updates_to(common.connection.bot, webhook.url, webhook.secret)


def pages(common: Common, way_in: Ingress | None, metrics: http.Metrics) -> Starlette:
    """Serve health and figures, and the webhook where updates come in here."""
    options = common.options
    health = http.Health(common.database, options.clock, metrics.monitor.heard_at)
    webhook = _webhook(options.webhook, way_in.reception) if way_in and options.webhook else None
    return http.create_app(health, webhook, metrics)


def _webhook(address: WebhookAddress, reception: Reception) -> http.Webhook:
    return http.Webhook(urlsplit(address.url).path or "/", address.secret, reception.take)
