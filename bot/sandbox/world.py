"""The sandbox's whole state: one bot, the people around it, and what they said."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Chat, Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.feed import Feed
from bot.sandbox.files import Files
from bot.sandbox.queries import Queries
from bot.sandbox.shapes import Json
from bot.sandbox.updates import Updates

FIRST_PERSON = 1001


@dataclass(slots=True)
class Profile:
    """How the bot presents itself; texts by language, "" for everyone else."""

    name: str
    username: str
    id: int = 1  # taken from the token it comes with
    descriptions: dict[str, str] = field(default_factory=dict[str, str])
    short_descriptions: dict[str, str] = field(default_factory=dict[str, str])
    commands: dict[tuple[str, str], list[Json]] = field(
        default_factory=dict[tuple[str, str], list[Json]]
    )  # by scope and language


@dataclass(slots=True)
class Webhook:
    """Where updates go when they are not polled, and how that went."""

    url: str = ""
    secret: str = ""
    last_error: tuple[int, str] | None = None


class Sandbox:
    """Everything in memory; nothing leaves it but through the Bot API and the page."""

    def __init__(self, clock: SandboxClock, name: str = "Rein", username: str = "rein_bot") -> None:
        started = clock.now().timestamp()
        self.clock = clock
        self.profile = Profile(name, username)
        self.feed = Feed()
        self.updates = Updates(first=int(started * 1000))
        self.queries = Queries()
        self.files = Files()
        self.webhook = Webhook()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self._first_message_id = int(started)  # a bot remembers the ids of an earlier run
        self.add_person("You", "en")

    def add_person(self, first_name: str, language_code: str, id: int | None = None) -> Person:
        """Add somebody, or rename them when *id* is known."""
        if id is None:
            id = max(self.people, default=FIRST_PERSON - 1) + 1
        person = self.people.get(id) or Person(id, first_name, language_code)
        person.first_name, person.language_code = first_name, language_code
        self.people[id] = person
        if id in self.chats:
            self.chats[id].fields = person.private()
        else:
            self.chats[id] = Chat(person.private(), {id: person}, self._first_message_id)
        self.feed.publish("people", {})
        return person

    def add_group(self, title: str, people: list[Person]) -> Chat:
        """Add a group that the bot is in."""
        fields: Json = {"id": min(0, *self.chats) - 1, "title": title, "type": "group"}
        members = {person.id: person for person in people}
        chat = self.chats[fields["id"]] = Chat(fields, members, self._first_message_id)
        self.feed.publish("people", {})
        return chat

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a new message into *chat*."""
        chat.last_message_id += 1
        message: Json = {
            "message_id": chat.last_message_id,
            "from": sender,
            "chat": chat.fields,
            "date": self.seconds(),
            **content,
        }
        chat.keep(message)
        if sender["is_bot"]:
            chat.draft = None
        self.feed.publish("message", {"chat_id": chat.id, "message": message})
        return message

    def change(self, chat: Chat, message: Json, **content: Any) -> Json:
        """Replace parts of a message; None removes a part."""
        merged = {**message, **content}
        changed = {name: value for name, value in merged.items() if value is not None}
        chat.messages[message["message_id"]] = changed
        self.feed.publish("edited", {"chat_id": chat.id, "message": changed})
        return changed

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for everyone."""
        del chat.messages[message_id]
        chat.reactions.pop(message_id, None)
        self.feed.publish("deleted", {"chat_id": chat.id, "message_id": message_id})

    def write(self, chat: Chat, draft: Json) -> None:
        """Show a message that is being written."""
        chat.draft = {"chat_id": chat.id, **draft}
        self.feed.publish("draft", chat.draft)

    def stop(self, chat: Chat) -> Json | None:
        """Stop what the bot is writing, and return it; None when there is nothing to stop."""
        draft = chat.draft
        if draft is None or not draft["can_stop"]:
            return None
        chat.draft = {**draft, "can_stop": False} if draft["keep_on_stop"] else None
        self.feed.publish("draft", chat.draft or {"chat_id": chat.id, "text": None})
        return draft

    def react(self, chat: Chat, message_id: int, reactions: list[Any]) -> None:
        """Set the bot's reactions to a message."""
        chat.reactions[message_id] = reactions
        self.feed.publish(
            "reaction", {"chat_id": chat.id, "message_id": message_id, "reactions": reactions}
        )

    def bot(self) -> Json:
        """Write the bot as Telegram's user."""
        profile = self.profile
        return {
            "id": profile.id,
            "is_bot": True,
            "first_name": profile.name,
            "username": profile.username,
        }

    def seconds(self) -> int:
        """Tell the time as Telegram's dates do."""
        return int(self.clock.now().timestamp())

    def close(self) -> None:
        """Let every poller and follower go, so that the server can stop."""
        self.updates.close()
        self.feed.close()
