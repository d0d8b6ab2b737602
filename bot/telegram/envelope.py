"""The outside of a raw update: whose it is and where it came from, nothing more.

Looked at before anything is stored, so it must cope with every shape; what is inside is
read later, in its turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
STOPPED = "stopped_message_generation"
WANTED = (*KINDS, STOPPED)
"""What Telegram is asked for; a Stop is never kept, it ends what it is about at once."""

BIGGEST = 2**63 - 1

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Envelope:
    """An update's address; *text* is only what a stranger needs to come in by a code."""

    update_id: int
    kind: str
    user_id: int
    chat_id: int
    private: bool
    text: str = ""
    language: str = ""  # of the sender's Telegram, as an IETF tag
    left: bool = False  # whether it tells that the bot is not in the chat any more


def number(update: object) -> int | None:
    """Tell an update's number; None when it has none that can be confirmed."""
    found = _object(update).get("update_id")
    return found if isinstance(found, int) and _is_id(found) and found >= 0 else None


def read(update: object) -> Envelope | None:
    """Read the address; None for what has none or is of a kind that we do not take."""
    whole, update_id = _object(update), number(update)
    kind = next((kind for kind in KINDS if kind in whole), None)
    if kind is None or update_id is None:
        return None
    content = _object(whole[kind])
    sender = _object(content.get("from"))
    chat = _object(_object(content.get("message", content)).get("chat", sender))
    user_id, chat_id, text = sender.get("id"), chat.get("id"), content.get("text")
    language, member = sender.get("language_code"), _object(content.get("new_chat_member"))
    if not _is_id(user_id) or not _is_id(chat_id):
        return None
    return Envelope(
        update_id=update_id,
        kind=kind,
        user_id=cast(int, user_id),
        chat_id=cast(int, chat_id),
        private=user_id == chat_id and chat.get("type", "private") == "private",
        text=text if isinstance(text, str) else "",
        language=language if isinstance(language, str) else "",
        left=member.get("status") in ("left", "kicked"),
    )


def stopped(update: object) -> tuple[int, int] | None:
    """Read which draft of which chat was stopped; None for any other update."""
    stop = _object(_object(update).get(STOPPED))
    chat_id, draft_id = _object(stop.get("chat")).get("id"), stop.get("draft_id")
    if not _is_id(chat_id) or not _is_id(draft_id):
        return None
    return cast(int, chat_id), cast(int, draft_id)


def _object(value: object) -> Json:
    return cast(Json, value) if isinstance(value, dict) else {}


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -BIGGEST <= value <= BIGGEST
