"""People, groups and what was said in them."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.shapes import Json

KEPT = 2_000  # messages a chat; long runs must not grow without end


@dataclass(slots=True)
class Person:
    """Somebody at the other end of the wire."""

    id: int
    first_name: str
    language_code: str
    blocked: bool = False

    def user(self) -> Json:
        """Write as Telegram's user."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def private(self) -> Json:
        """Write as Telegram's private chat."""
        return {"id": self.id, "first_name": self.first_name, "type": "private"}


@dataclass(slots=True)
class Chat:
    """A private chat or a group. Messages are never changed in place, only replaced."""

    fields: Json
    people: dict[int, Person]
    last_message_id: int
    bot_left: bool = False
    draft: Json | None = None  # what the bot is writing, until a message of its takes its place
    messages: OrderedDict[int, Json] = field(default_factory=OrderedDict[int, Json])
    reactions: dict[int, list[Any]] = field(default_factory=dict[int, list[Any]])

    @property
    def id(self) -> int:
        """Tell the chat's id; negative for a group."""
        return self.fields["id"]

    @property
    def is_private(self) -> bool:
        """Tell a private chat from a group."""
        return self.id > 0

    def keep(self, message: Json) -> None:
        """Remember a message; forget the oldest beyond the limit."""
        self.messages[message["message_id"]] = message
        if len(self.messages) > KEPT:
            gone, _ = self.messages.popitem(last=False)
            self.reactions.pop(gone, None)

    def since(self, after: int) -> list[Json]:
        """List the messages after id *after*, oldest first, with their reactions."""
        found: list[Json] = []
        for message_id, message in reversed(self.messages.items()):
            if message_id <= after:
                break
            reactions = self.reactions.get(message_id)
            found.append({**message, "reactions": reactions} if reactions else message)
        return found[::-1]
