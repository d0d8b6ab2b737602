"""Duties: what one process does for all, the only one there is or the one elected.

It sends letters, tidies up, watches, and takes traces to Opik.
"""

from contextlib import ExitStack
from datetime import timedelta

from bot import guarding, maintenance
from bot.alerts import Alerts
from bot.background import Background
from bot.common import FIRST_ANSWERS, Common
from bot.delivery.loop import IDLE_LOOK, Delivery
from bot.opik import sender
from bot.telegram import menu
from bot.vitals import Monitor

FLYING = timedelta(seconds=1)
"""How long letters in flight may take to land at a stop."""

SHARED_LOOK = timedelta(seconds=1)
"""How soon to find letters of other processes whose bell was not heard."""

LETTING_GO = timedelta(seconds=1)
"""How long tasks may take to end when another process takes over."""


def delivery(common: Common, background: Background) -> Delivery:
    """Make what sends letters, in *background*."""
    options = common.options
    look_every = IDLE_LOOK if options.role.is_alone else SHARED_LOOK
    return Delivery(
        common.database, common.outbound, options.clock, background, options.limits, look_every
    )


class Duties:
    """One term of duty."""

    def __init__(
        self, common: Common, monitor: Monitor, background: Background, delivery: Delivery
    ) -> None:
        """Do them in *background*, once they are started."""
        self._common = common
        self._background = background
        self._delivery = delivery
        self._alerts = Alerts(
            common.database, common.options.clock, monitor, common.access.administrators, self.wake
        )
        self._now_and_then = ExitStack()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._delivery.wake()

    def start(self) -> None:
        """Begin with what the last one to send left in doubt."""
        common, options, background = self._common, self._common.options, self._background
        sender.start(options.opik, common.database, options.clock, background, options.experiments)
        background.start("delivery", self._delivery.run())
        background.start("command menu", self._publish())
        background.start("alerts", self._alerts.run())
        background.start("maintenance", self._tidy())
        hourly = maintenance.scheduled("maintenance", self._tidy, maintenance.EVERY, background)
        self._now_and_then.enter_context(hourly)

    async def _publish(self) -> None:
        """Let Telegram show our commands; every language's texts are read for that."""
        common = self._common
        await common.options.clock.wait(FIRST_ANSWERS)
        await menu.publish(common.connection.bot, common.access.administrators())

    def stop_at_once(self) -> None:
        """Take nothing more on."""
        self._now_and_then.close()

    async def finish(self) -> None:
        """Take nothing more on, and let letters in flight land."""
        self.stop_at_once()
        await self._delivery.finish(FLYING)

    async def _tidy(self) -> None:
        """Do what is done every hour, whoever talks or not."""
        options, database = self._common.options, self._common.database
        await maintenance.tidy(database, options.database_url, options.clock, options.backups)
        await guarding.look(database, options.experiments, options.clock, self._alerts.alert)


class Elected:
    """Terms of duty, one after the other, of a process that is elected now and then."""

    def __init__(self, common: Common, monitor: Monitor) -> None:
        self._common = common
        self._monitor = monitor
        self._duties: Duties | None = None

    def wake(self) -> None:
        """Look into the outbox now, if it is ours."""
        if self._duties is not None:
            self._duties.wake()

    async def term(self) -> None:
        """Do all duties until cancelled; what is under way then is left in doubt."""
        background = Background()
        sends = delivery(self._common, background)
        duties = Duties(self._common, self._monitor, background, sends)
        duties.start()
        self._duties = duties
        try:
            await background.watch()
        finally:
            self._duties = None
            duties.stop_at_once()
            await background.stop(LETTING_GO)

    async def finish(self) -> None:
        """Let letters in flight land at a stop in good order."""
        if self._duties is not None:
            await self._duties.finish()
