"""A control request, read and checked."""

import json
import math
from dataclasses import dataclass
from typing import Any, Self, cast

from starlette.requests import Request

from bot.sandbox.chats import Chat, Person
from bot.sandbox.world import Sandbox

_MISSING = object()


class AskedError(Exception):
    """A control request that makes no sense: an HTTP status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. Readers take a default; without one the field is required."""

    sandbox: Sandbox
    path: dict[str, Any]
    query: dict[str, str]
    body: dict[str, Any]

    @classmethod
    async def read(cls, request: Request) -> Self:
        """Read a request; its body, if any, must be a JSON object."""
        raw = await request.body()
        try:
            body: Any = json.loads(raw) if raw else {}
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise AskedError(400, "the body must be a JSON object")
        fields = cast(dict[str, Any], body)
        return cls(
            request.app.state.sandbox, request.path_params, dict(request.query_params), fields
        )

    def text(self, name: str, default: object = _MISSING) -> str:
        """Read a text; a required one must not be blank."""
        value = self.body.get(name, default)
        if not isinstance(value, str) or (default is _MISSING and not value.strip()):
            raise AskedError(400, f"{name} must be a text that is not empty")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise AskedError(400, f"{name} must be valid Unicode") from None
        return value

    def number(self, name: str, default: object = _MISSING) -> float:
        """Read a number."""
        value = self.body.get(name, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise AskedError(400, f"{name} must be a number")
        return value

    def integer(self, name: str, default: object = _MISSING) -> Any:
        """Read a whole number, or the default as it is."""
        value = self.body.get(name, default)
        if value is not default and (isinstance(value, bool) or not isinstance(value, int)):
            raise AskedError(400, f"{name} must be a whole number")
        if value is _MISSING:
            raise AskedError(400, f"{name} is required")
        return value

    def after(self) -> int:
        """Read the message id to start after."""
        value = self.query.get("after", "0")
        if not value.isdecimal():
            raise AskedError(400, "after must be a message id")
        return int(value)

    def person(self) -> Person:
        """Find the person that the path names."""
        return self._person(str(self.path["id"]))

    def people(self) -> list[Person]:
        """Find the people that the body lists."""
        listed = self.body.get("people")
        if not isinstance(listed, list) or not listed:
            raise AskedError(400, "people must be a list of ids")
        return [self._person(str(one)) for one in cast(list[Any], listed)]

    def group(self) -> Chat:
        """Find the group that the path names."""
        name = str(self.path["id"])
        number = int(name) if name.removeprefix("-").isdecimal() else 0
        chat = self.sandbox.chats.get(number)
        if chat is None or chat.is_private:
            raise AskedError(404, "no such group")
        return chat

    def _person(self, name: str) -> Person:
        person = self.sandbox.people.get(int(name) if name.isdecimal() else 0)
        if person is None:
            raise AskedError(404, "no such person")
        return person
