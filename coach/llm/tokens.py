"""How many tokens a prompt or an answer has, where nobody can say it exactly."""

import json

from coach.llm.port import ModelRequest, Usage

ROOM_TO_THINK = 256
"""Tokens on top of an answer's limit where thinking cannot be turned off: both share it."""

_BYTES = 3  # a token's in most scripts; four in English


def estimated(request: ModelRequest) -> int:
    """Estimate a prompt's tokens from its bytes, rather too many than too few."""
    schema = "" if request.schema is None else json.dumps(request.schema)
    return _tokens(request.instructions, request.content, schema)


def estimated_usage(request: ModelRequest, answer: str) -> Usage:
    """Estimate what a call took whose provider did not count."""
    return Usage(estimated(request), _tokens(answer), estimated=True)


def _tokens(*texts: str) -> int:
    return -(-sum(len(text.encode("utf-8", "replace")) for text in texts) // _BYTES)
