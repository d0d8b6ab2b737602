"""Samples of what people send that is no text: each in Telegram's shape, none with content."""

import secrets
from collections.abc import Callable

from bot.sandbox.chats import Person
from bot.sandbox.shapes import Json


def _file(size: int) -> Json:
    file_id = secrets.token_urlsafe(12)
    return {"file_id": file_id, "file_unique_id": file_id[:8], "file_size": size}


def _sticker(_: Person) -> Json:
    kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
    return {"sticker": {**_file(18_000), "width": 512, "height": 512, **kind}}


def _photo(_: Person) -> Json:
    return {"photo": [{**_file(86_000), "width": 960, "height": 640}]}


def _voice(_: Person) -> Json:
    return {"voice": {**_file(24_000), "duration": 7, "mime_type": "audio/ogg"}}


def _document(_: Person) -> Json:
    named = {"file_name": "notes.pdf", "mime_type": "application/pdf"}
    return {"document": {**_file(120_000), **named}}


def _location(_: Person) -> Json:
    return {"location": {"latitude": 52.52, "longitude": 13.405}}


def _contact(person: Person) -> Json:
    return {
        "contact": {
            "phone_number": "+15550100",
            "first_name": person.first_name,
            "user_id": person.id,
        }
    }


def _dice(_: Person) -> Json:
    return {"dice": {"emoji": "🎲", "value": secrets.randbelow(6) + 1}}


KINDS: dict[str, Callable[[Person], Json]] = {
    "sticker": _sticker,
    "photo": _photo,
    "voice": _voice,
    "document": _document,
    "location": _location,
    "contact": _contact,
    "dice": _dice,
}
CAPTIONED = frozenset({"photo", "voice", "document"})
