"""The faults that a call of the Bot API can meet: a table.

*taken* says whether Telegram carried the call out all the same: only then may a reply that is
sent again be seen twice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

JSON = "application/json"
PAGE = b"<html><body>Please sign in to this network</body></html>"


class Way(StrEnum):
    """How the answer comes, if it does."""

    PASSES = "passes"
    ANSWERS = "answers"
    SLOW = "is slow"
    CUTS = "cuts the connection"
    CUTS_MIDWAY = "cuts the connection in the middle of the answer"
    CUTS_JSON = "answers with half of a JSON"
    HANGS = "never answers"
    NO_HTTP = "answers in another protocol"


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of a call; without a *body*, what Telegram answered is told."""

    way: Way
    taken: bool = False
    status: int = 200
    body: bytes | None = None
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)


NONE = Fault(Way.PASSES, taken=True)


def refused(status: int, description: str = "no", **parameters: int) -> Fault:
    """Refuse a call as Telegram does."""
    body = {"ok": False, "error_code": status, "description": description}
    told = body | ({"parameters": parameters} if parameters else {})
    return Fault(Way.ANSWERS, status=status, body=json.dumps(told).encode())


def said(body: bytes, status: int = 200, content_type: str = JSON, *, taken: bool = False) -> Fault:
    """Answer something that is none of Telegram's answers."""
    return Fault(Way.ANSWERS, taken, status, body, content_type)


def too_many(seconds: int) -> Fault:
    """Refuse a call as one too many."""
    return refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED = refused(401, "Unauthorized")
CONFLICT = refused(409, "Conflict: terminated by other getUpdates request")

PASSING = {
    "500": refused(500, "Internal Server Error"),
    "500 after taking it": Fault(Way.ANSWERS, True, 500, b'{"ok":false,"error_code":500}'),
    "502 with a page": said(PAGE, 502, "text/html"),
    "503": refused(503, "Service Unavailable"),
    "504 with a page": said(PAGE, 504, "text/html"),
    "cut before it was taken": Fault(Way.CUTS),
    "cut after it was taken": Fault(Way.CUTS, taken=True),
    "cut in the middle of the answer": Fault(Way.CUTS_MIDWAY, taken=True),
    "half of a JSON": Fault(Way.CUTS_JSON, taken=True),
    "never answered": Fault(Way.HANGS),
    "never answered after it was taken": Fault(Way.HANGS, taken=True),
    "slow": Fault(Way.SLOW, taken=True),
    "bytes that are no text": said(b"\x00\xff\xfe" * 20),
    "no body": said(b""),
    "no body, and 204": said(b"", 204),
    "a page, and 200": said(PAGE, content_type="text/html"),
    "a page, and 302": Fault(Way.ANSWERS, False, 302, PAGE, "text/html", {"Location": "/login"}),
    "a page, and 403": said(PAGE, 403, "text/html"),
    "a page, and 404": said(PAGE, 404, "text/html"),
    "a page, and 401": said(PAGE, 401, "text/html"),
    "a list": said(b"[]"),
    "a number": said(b"7"),
    "no result": said(b'{"ok":true}'),
    "another result": said(b'{"ok":true,"result":"?"}', taken=True),
    "an error with 200": said(b'{"ok":false,"error_code":500,"description":"x"}'),
    "no HTTP": Fault(Way.NO_HTTP),
    "no HTTP after it was taken": Fault(Way.NO_HTTP, taken=True),
    "no gzip": Fault(Way.ANSWERS, False, 200, b"no gzip", JSON, {"Content-Encoding": "gzip"}),
}
"""What passes by itself: whatever met it arrives in the end."""


def cause(fault: Fault) -> str | None:
    """Name what the log says of a fault in PASSING; None where nothing is wrong."""
    match fault.way:
        case Way.PASSES | Way.SLOW:
            return None
        case Way.CUTS:
            return "ServerDisconnectedError"
        case Way.CUTS_MIDWAY:
            return "ClientPayloadError"
        case Way.HANGS:
            return "SocketTimeoutError"
        case _:  # PTB read an answer and could not use it
            return "ClientPayloadError" if "Content-Encoding" in fault.headers else "NetworkError"
