"""`python -m bot` is the same program as `rein`."""

from bot.cli import main

main()
