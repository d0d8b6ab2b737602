"""The process that draws: a chart comes in, a picture goes out, until nobody has asked for long.

It ends with the bot too, whose pipe then closes.
"""

import pickle
import select
import sys
from typing import BinaryIO

IDLE = 60
"""Seconds without a chart after which its hundred megabytes are given back."""


def serve(charts: BinaryIO, pictures: BinaryIO) -> None:
    """Answer each chart with a line (size, and the kind of error if any) and the PNG."""
    while select.select([charts], [], [], IDLE)[0]:
        png, failed = b"", ""
        try:
            chart, language = pickle.load(charts)
            from bot.drawing import weeks  # matplotlib takes a second or more

            png = weeks.png(chart, language)
        except EOFError:
            return
        except Exception as error:  # whoever asked logs its kind; another chart may do
            failed = type(error).__name__
        pictures.write(f"{len(png)} {failed}\n".encode() + png)
        pictures.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
