"""Telegram's refusals."""


class RefusedError(Exception):
    """The Bot API says no: an HTTP status and a description."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description


def bad_request(reason: str) -> RefusedError:
    """Refuse what is wrong in itself."""
    return RefusedError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusedError:
    """Refuse what the bot may not do."""
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    """Refuse a second receiver of updates."""
    return RefusedError(409, f"Conflict: {reason}")
