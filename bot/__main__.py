"""The program, `rein` or `python -m bot`: loads what a command needs, and runs it."""

import os
import signal
import sys


def main() -> None:
    """Run the program.

    A bot that is asked to stop while it is loaded ends with code 0, as one does that runs.
    Before this line nothing of ours is loaded: there a signal ends the process by itself.
    """
    if sys.argv[1:2] == ["run"]:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _end)
    from bot import cli

    cli.main()


def _end(*_: object) -> None:
    os._exit(0)


if __name__ == "__main__":
    main()
