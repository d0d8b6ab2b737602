"""The program, `rein` or `python -m bot`: loads what a command needs, and runs it."""

import sys
from contextlib import nullcontext

from bot import signals


def main() -> None:
    """Run the program.

    A bot that is asked to stop while it is loaded ends with code 0, as one does that runs.
    Before this line hardly anything is loaded: there a signal ends the process by itself.
    """
    with signals.at_once() if sys.argv[1:2] == ["run"] else nullcontext():
        from bot import cli

        cli.main()


if __name__ == "__main__":
    main()
