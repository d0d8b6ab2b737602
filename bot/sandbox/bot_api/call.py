"""One call of a Bot API method: its parameters, read and checked as Telegram does."""

import json
from dataclasses import dataclass
from typing import Any, cast

from bot.sandbox.bot_api import refusals
from bot.sandbox.bot_api.multipart import Upload
from bot.sandbox.chats import Chat
from bot.sandbox.shapes import Json
from bot.sandbox.world import Sandbox


@dataclass(frozen=True, slots=True)
class Call:
    """A call and its parameters; a parameter is text or JSON, depending on the client."""

    sandbox: Sandbox
    parameters: dict[str, Any]
    files: dict[str, Upload]

    def text(self, name: str) -> str:
        """Read a text; "" when it is missing."""
        value = self.parameters.get(name)
        text = value if isinstance(value, str) else "" if value is None else json.dumps(value)
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise refusals.bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """Read a whole number; *default* when it is missing or no number."""
        try:
            return int(self.parameters.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def truth(self, name: str) -> bool:
        """Read a flag."""
        return str(self.parameters.get(name, "")).lower() in {"true", "1"}

    def structure(self, name: str, refusal: str) -> Any:
        """Read a JSON value; None when it is missing, *refusal* when it cannot be read."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise refusals.bad_request(refusal) from None

    def objects(self, name: str, refusal: str) -> list[Json]:
        """Read a list of JSON objects; an empty one when it is missing."""
        value: Any = self.structure(name, refusal) or []
        if not isinstance(value, list):
            raise refusals.bad_request(refusal)
        listed = cast(list[Any], value)
        if not all(isinstance(one, dict) for one in listed):
            raise refusals.bad_request(refusal)
        return listed

    def chat(self) -> Chat:
        """Find the chat that the bot names."""
        if not self.parameters.get("chat_id"):
            raise refusals.bad_request("chat_id is empty")
        chat = self.sandbox.chats.get(self.integer("chat_id"))
        if chat is None:
            raise refusals.bad_request("chat not found")
        return chat

    def open_chat(self) -> Chat:
        """Find the chat that the bot names, and make sure that it may speak there."""
        chat = self.chat()
        if chat.is_private and chat.people[chat.id].blocked:
            raise refusals.forbidden("bot was blocked by the user")
        if chat.bot_left:
            raise refusals.forbidden("bot is not a member of the group chat")
        return chat
