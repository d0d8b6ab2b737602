"""A rendered message on its way out: what the outbox holds and delivery sends.

Text is Telegram HTML, made by `bot.texts.render` alone; everything else in it was escaped there.
"""

import re
from dataclasses import dataclass
from html import unescape

from pydantic import TypeAdapter

from bot.journey.pictures import Chart

Keyboard = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of (label, callback data), or of (label, address) for a button that opens a page."""


@dataclass(frozen=True, slots=True)
class SendText:
    """A new message."""

    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class EditText:
    """New text and keyboard for message *message*."""

    message: int
    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class EditKeyboard:
    """A new keyboard for a message: by its id, or the one the outbox row *sent_as* became."""

    keyboard: Keyboard = ()
    message: int | None = None
    sent_as: str | None = None  # deduplication key of the row that sent it


@dataclass(frozen=True, slots=True)
class SendDocument:
    """A file; *content* is its bytes in base64, since a letter is written as JSON."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class SendChart:
    """A chart that is drawn as it is sent, in a language; *html* is the picture's caption."""

    chart: Chart
    language: str
    html: str


Outgoing = SendText | EditText | EditKeyboard | SendDocument | SendChart

_CODEC: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)
_TAG = re.compile(r"<[^<>]*>")


def dump(outgoing: Outgoing) -> bytes:
    """Write as JSON."""
    return _CODEC.dump_json(outgoing)


def load(body: bytes) -> Outgoing:
    """Read back what `dump` wrote."""
    return _CODEC.validate_json(body)


def plain(marked_up: str) -> str:
    """Leave the bare text of our HTML."""
    return unescape(_TAG.sub("", marked_up))
