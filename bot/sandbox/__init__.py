"""The other end of the wire: a Telegram Bot API on loopback, with people, a clock and a page.

It stands in for Telegram in the demo, in tests and in benchmarks. It keeps everything in memory
and refuses what Telegram refuses. Start at `server`.
"""
