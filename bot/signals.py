"""Signals: Ctrl-C and a supervisor's SIGTERM end the program in good order."""

import asyncio
import os
import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from threading import Thread

ASKS_TO_STOP = (signal.SIGINT, signal.SIGTERM)


def stop_event() -> asyncio.Event:
    """Return an event that is set when the program is asked to stop; a second ask ends it hard."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in ASKS_TO_STOP:
        loop.add_signal_handler(number, ask, number)
    return stop


@contextmanager
def at_once() -> Generator[None]:
    """Until `stop_event` takes over, have a signal end the program where it stands, with code 0.

    Nobody is served before that, and the next start finds what it would find after a kill. A
    thread waits for the signal: a check of the database may keep this one for minutes.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    waiting = Thread(target=_end_when_told, args=(heard,), daemon=True)
    waiting.start()
    before = {number: signal.signal(number, _ignore) for number in ASKS_TO_STOP}
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        told.close()  # which the thread takes for an end
        waiting.join()


def _end_when_told(heard: socket.socket) -> None:
    with heard:
        if heard.recv(1):
            os._exit(0)


def _ignore(*_: object) -> None:
    """Leave it to the thread; without a handler of ours it would never be told."""
