"""How python-telegram-bot reaches the Bot API: one warm aiohttp session.

It tells a call that was never written (try again at will) from one that may have been
carried out (the answer is lost). The token is part of every address, so no error that
leaves this file quotes an address or what the server said.
"""

import json
from typing import Any, cast

import aiohttp
from telegram._utils.types import ODVInput  # the library exports no public name for its own types
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, WRITE, READ, UPLOAD = 5.0, 5.0, 10.0, 30.0
_EDITS = "edit"
_EDITED = b'{"ok":true,"result":true}'
_NAMES = ("message_id", "date", "chat")
_FINE = range(200, 300)
_KEEP_ALIVE = 30.0  # less than servers keep an idle connection: they rarely hang up first


class NeverWrittenError(NetworkError):
    """The server was not reached: nothing of the call was written."""


class AiohttpRequest(BaseRequest):
    """A session that stays open between calls and limits none of them."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds, unless a call says otherwise."""
        return READ

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call and return its status and body."""
        if self._session is None:
            raise NeverWrittenError("session closed")
        uploads = bool(request_data and request_data.contains_files)
        connect = _seconds(connect_timeout, CONNECT)
        read = _seconds(read_timeout, READ)
        whole = connect + _seconds(write_timeout, UPLOAD if uploads else WRITE) + read
        timeout = aiohttp.ClientTimeout(total=whole, connect=connect, sock_read=read)
        try:
            call = self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            )
            async with call as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverWrittenError(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError) as error:
            raise NetworkError(type(error).__name__) from error
        except aiohttp.ClientResponseError as error:  # it quotes the address
            raise NetworkError(type(error).__name__) from None
        except (aiohttp.ClientError, ValueError) as error:
            # These quote the address or the text; their cause must not be printed.
            raise BadRequest(f"unfit for HTTP: {type(error).__name__}") from None
        if not _is_answer(status, body):  # but of something on the way, and perhaps not next time
            raise NetworkError(f"HTTP {status} without an answer")
        return status, _brief(url, status, body)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; `do_request` has made sure that it is one.

        Of a message that was sent only what names it is kept: the library would make objects
        of the whole keyboard, and nobody looks at them.
        """
        answer = _object(payload)
        result = answer.get("result")
        if isinstance(result, dict) and "message_id" in result:
            message = cast(dict[str, Any], result)
            answer["result"] = {key: message[key] for key in _NAMES if key in message}
        return answer


def _is_answer(status: int, body: bytes) -> bool:
    """Tell an answer of the Bot API from whatever else speaks HTTP."""
    answer = _object(body)
    if status in _FINE:
        return isinstance(answer.get("result"), dict | list | bool)
    return answer.get("ok") is False


def _brief(url: str, status: int, body: bytes) -> bytes:
    """Leave out what an edit answers with: all that was edited, which we know."""
    edits = url.rpartition("/")[2].startswith(_EDITS)
    return _EDITED if edits and status in _FINE else body


def _object(body: bytes) -> dict[str, Any]:
    """Read a JSON object; whatever else it is counts as an empty one."""
    try:
        found: object = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def _seconds(given: ODVInput[float], default: float) -> float:
    return float(given) if isinstance(given, int | float) else default


def _body(request_data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        # A form would hold the keyboard as JSON all the same, and each of its signs as three.
        told = json.dumps(request_data.parameters, ensure_ascii=False).encode()
        return aiohttp.BytesPayload(told, content_type="application/json")
    form = aiohttp.FormData(request_data.json_parameters)
    for field, (name, content, kind) in request_data.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=kind)
    return form
