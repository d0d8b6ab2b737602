"""Roles: what one process of Rein does, where several share the work."""

from enum import StrEnum


class Role(StrEnum):
    """What a process does; all of it, unless it is told otherwise."""

    ALL = "all"
    INGRESS = "ingress"  # takes in what the webhook brings
    WORKER = "worker"  # takes turns, and finds what is due
    SENDER = "sender"  # sends, and does what one process does for all; elected among several

    @property
    def is_alone(self) -> bool:
        """Whether no other process works on the database."""
        return self is Role.ALL
