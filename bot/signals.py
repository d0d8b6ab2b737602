"""Signals: Ctrl-C and a supervisor's SIGTERM end the program in good order."""

import asyncio
import signal


def stop_event() -> asyncio.Event:
    """Return an event that is set when the program is asked to stop; a second ask ends it hard."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ask, number)
    return stop
