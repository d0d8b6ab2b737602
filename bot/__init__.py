"""Rein's bot: everything with a clock, a socket or a loop, and the conversation."""
