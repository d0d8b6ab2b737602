"""Telegram's edge: the only package that speaks python-telegram-bot."""

import os

# The library's own switch: durations are timedeltas, as they will be in its next major version.
os.environ.setdefault("PTB_TIMEDELTA", "1")
