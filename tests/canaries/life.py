"""`rein run` with a clock that can be set: a line on its standard input is a time to be at.

Check-ins are looked for every second, so that a test need not wait for them.
"""

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread

from bot import logs, service, settings, taking_turns
from bot.clock import SystemClock
from bot.demo import LIMITS


class SetClock(SystemClock):
    """The machine's clock, ahead by what it was told."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def listen(self) -> None:
        for line in sys.stdin:
            self.ahead = datetime.fromisoformat(line.strip()) - super().now()


def main() -> None:
    taking_turns.EVERY = timedelta(seconds=1)
    clock = SetClock()
    Thread(target=clock.listen, daemon=True).start()
    chosen = settings.for_run()
    logs.configure(level=chosen.log_level, log_format=chosen.log_format, secrets=chosen.secrets())
    logs.catch_crashes()
    made = service.options(chosen)
    service.serve(replace(made, clock=clock, clock_may_be_set=False, limits=LIMITS))


if __name__ == "__main__":
    main()
