"""The forms a setting may take, each with the words that tell an operator what is expected.

A value that does not fit ends as a `PydanticCustomError` that carries those words and
never the value itself.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, WrapValidator
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode

TOKEN = "the token @BotFather gave you: digits, a colon, 30 or more letters, digits, _ or -"
WEBHOOK_SECRET = "32 to 256 of the characters A-Z a-z 0-9 _ -"
_WEBHOOK_PORTS = {None, 443, 80, 88, 8443}
_DATABASES = re.compile(r"sqlite:///.+|postgresql\+psycopg://.+")
_LARGEST_ID = 2**52


def unmet(expected: str, variable: str = "") -> PydanticCustomError:
    """Build the error of a value that is not what is *expected*."""
    return PydanticCustomError(
        "setting", "{expected}", {"expected": expected, "variable": variable}
    )


def _expects(expected: str) -> WrapValidator:
    """Let *expected* stand for whatever the checks inside would have said."""

    def check(given: Any, inner: Callable[[Any], Any]) -> Any:
        try:
            return inner(given)
        except ValueError:
            raise unmet(expected) from None

    return WrapValidator(check)


def _matching(pattern: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _web_address(given: str) -> str:
    address = urlsplit(given)
    if address.scheme not in ("http", "https") or not address.hostname or address.port == 0:
        raise ValueError
    return given.rstrip("/")


def _bot_api_root(given: str) -> str:
    if given.endswith("/bot"):
        raise ValueError
    return given


def _webhook_address(given: str) -> str:
    address = urlsplit(given)
    if address.scheme != "https" or address.port not in _WEBHOOK_PORTS:
        raise ValueError
    return given


def _database(given: SecretStr) -> SecretStr:
    if not _DATABASES.fullmatch(given.get_secret_value()):
        raise ValueError
    return given


def _ids(given: str | frozenset[int]) -> frozenset[int]:
    if isinstance(given, frozenset):
        return given
    parts = [part.strip() for part in given.split(",") if part.strip()]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise ValueError
    ids = frozenset(map(int, parts))
    if not all(0 < number < _LARGEST_ID for number in ids):
        raise ValueError
    return ids


Token = Annotated[SecretStr, _matching(r"[0-9]+:[A-Za-z0-9_-]{30,}"), _expects(TOKEN)]
WebhookSecret = Annotated[SecretStr, _matching(r"[A-Za-z0-9_-]{32,256}"), _expects(WEBHOOK_SECRET)]
ApiKey = Annotated[
    SecretStr, _matching(r"[!-~]{8,}"), _expects("a key of 8 or more characters without spaces")
]
WebAddress = Annotated[
    str, AfterValidator(_web_address), _expects("an address that begins with https:// or http://")
]
BotApiRoot = Annotated[
    str,
    AfterValidator(_web_address),
    AfterValidator(_bot_api_root),
    _expects("the root of a Bot API server, https://… or http://…, without /bot at its end"),
]
WebhookAddress = Annotated[
    str,
    AfterValidator(_web_address),
    AfterValidator(_webhook_address),
    _expects("an https:// address on port 443, 80, 88 or 8443, the ports that Telegram calls"),
]
Database = Annotated[
    SecretStr,
    AfterValidator(_database),
    _expects("sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name"),
]
Host = Annotated[str, Field(pattern=r"^[\w.:-]+$"), _expects("a host name or an IP address")]
Port = Annotated[
    int, Field(ge=0, le=65535), _expects("a port from 1 to 65535, or 0 for any free one")
]
Ids = Annotated[
    frozenset[int],
    NoDecode,
    BeforeValidator(_ids),
    _expects("numeric Telegram ids with commas between them, such as 12345678,23456789"),
]
YesOrNo = Annotated[bool, _expects("true or false")]
Dollars = Annotated[
    Decimal, Field(ge=0, allow_inf_nan=False), _expects("an amount of US dollars, 0 or more")
]
Seconds = Annotated[
    float,
    Field(gt=0, le=600, allow_inf_nan=False),
    _expects("seconds, more than 0 and at most 600"),
]
Days = Annotated[int, Field(ge=1, le=36_500), _expects("a whole number of days, 1 or more")]
Model = Annotated[str, Field(pattern=r"^\S+$"), _expects("the name of a model, without spaces")]
Name = Annotated[str, Field(max_length=200), _expects("a name of at most 200 characters")]
File = Annotated[Path, AfterValidator(Path.expanduser), _expects("the path of a file")]
Folder = Annotated[Path, AfterValidator(Path.expanduser), _expects("the path of a folder")]
Provider = Annotated[
    Literal["auto", "gemini", "gemini-legacy", "openai-compatible", "rules"],
    _expects("auto, gemini, gemini-legacy, openai-compatible or rules"),
]
Tier = Annotated[Literal["paid", "free"], _expects("paid or free")]
TraceText = Annotated[Literal["off", "redacted"], _expects("off or redacted")]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    BeforeValidator(str.upper),
    _expects("DEBUG, INFO, WARNING, ERROR or CRITICAL"),
]
LogFormat = Annotated[Literal["auto", "json", "console"], _expects("auto, json or console")]
