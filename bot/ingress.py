"""Ingress: how updates come in, by polling or by a webhook, and what is served over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette

from bot import http
from bot.common import Common
from bot.telegram import menu
from bot.telegram.door import Door
from bot.telegram.listen import Listener
from bot.telegram.reception import Reception


@dataclass(frozen=True, slots=True)
class Ingress:
    """The way in; *listener* is None where nothing is polled."""

    reception: Reception
    listener: Listener | None


def ingress(
    common: Common,
    on_arrival: Callable[[], None],
    on_stop: Callable[[int, int], None],
    *,
    polls: bool,
) -> Ingress:
    """Make the way in; *on_arrival* and *on_stop* hear what `Reception` says."""
    bot, clock = common.connection.bot, common.options.clock
    door = Door(bot, common.access, common.guests, common.background)
    reception = Reception(common.database, door, clock, on_arrival, on_stop)
    listener = Listener(common.connection, reception, clock) if polls else None
    return Ingress(reception, listener)


async def announce(common: Common) -> None:
    """Tell Telegram where it is to bring updates; before anything runs, for a stop may cut it."""
    webhook = common.options.webhook
    if webhook is not None:
        await menu.bring_updates_to(common.connection.bot, webhook.url, webhook.secret)


def pages(common: Common, way_in: Ingress, metrics: http.Metrics, *, takes_in: bool) -> Starlette:
    """Serve health and figures, and the webhook where updates come in here."""
    options, listener, webhook = common.options, way_in.listener, None
    heard_at = None if listener is None else lambda: listener.heard_at
    if takes_in and options.webhook is not None:
        path = urlsplit(options.webhook.url).path or "/"
        webhook = http.Webhook(path, options.webhook.secret, way_in.reception.take)
    return http.create_app(http.Health(common.database, options.clock, heard_at), webhook, metrics)
