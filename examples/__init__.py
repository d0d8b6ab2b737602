"""The coach without a bot: short programs, each run as `python -m examples.NAME`."""
