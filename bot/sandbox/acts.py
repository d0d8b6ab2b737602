"""What people do: say, send, edit, forward, tap, stop, block. Each act becomes the bot's update."""

from bot.sandbox import samples
from bot.sandbox.chats import Chat, Person
from bot.sandbox.queries import Query
from bot.sandbox.shapes import Json, utf16_chunks
from bot.sandbox.text import entities
from bot.sandbox.world import Sandbox

TEXT_LIMIT = 4096


class BlockedError(Exception):
    """Somebody who blocked the bot tried to use its chat."""


class MessageUnknownError(Exception):
    """No such message, or not theirs to act on."""


def say(sandbox: Sandbox, chat: Chat, person: Person, text: str) -> Json:
    """Write *text*; a long one becomes several messages, as apps do. Returns the last."""
    message: Json = {}
    for chunk in utf16_chunks(text.strip(), TEXT_LIMIT):
        message = _post(sandbox, chat, person, _text(chunk))
    return message


def send(sandbox: Sandbox, person: Person, kind: str, caption: str) -> Json:
    """Send something that is no text."""
    content = samples.KINDS[kind](person)
    if caption and kind in samples.CAPTIONED:
        content["caption"] = caption
    return _post(sandbox, sandbox.chats[person.id], person, content)


def forward(sandbox: Sandbox, person: Person, text: str) -> Json:
    """Pass on what somebody else wrote."""
    origin = {
        "type": "hidden_user",
        "sender_user_name": "Somebody else",
        "date": sandbox.seconds(),
    }
    content = {**_text(text), "forward_origin": origin}
    return _post(sandbox, sandbox.chats[person.id], person, content)


def edit(sandbox: Sandbox, person: Person, message_id: int, text: str) -> Json:
    """Correct an earlier message of theirs."""
    chat = _open(sandbox, person)
    message = chat.messages.get(message_id)
    if message is None or message["from"]["id"] != person.id or "text" not in message:
        raise MessageUnknownError
    new = {"entities": None, **_text(text), "edit_date": sandbox.seconds()}
    changed = sandbox.change(chat, message, **new)
    sandbox.updates.push("edited_message", changed)
    return changed


def press(sandbox: Sandbox, person: Person, message_id: int, data: str) -> Query:
    """Tap a button; data that is on no button is let through, as a forger's would be."""
    chat = _open(sandbox, person)
    message = chat.messages.get(message_id)
    if message is None or not message["from"]["is_bot"]:
        raise MessageUnknownError
    query = sandbox.queries.ask(person.id, sandbox.clock.now())
    tap = {
        "id": query.id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(chat.id),
        "data": data,
    }
    sandbox.updates.push("callback_query", tap)
    return query


def stop(sandbox: Sandbox, person: Person) -> None:
    """Stop what the bot is writing; MessageUnknownError when there is nothing to stop."""
    chat = _open(sandbox, person)
    draft = sandbox.stop(chat)
    if draft is None:
        raise MessageUnknownError
    stopped = {"chat": chat.fields, "draft_id": draft["draft_id"]}
    sandbox.updates.push("stopped_message_generation", stopped)


def block(sandbox: Sandbox, person: Person, blocked: bool) -> None:
    """Block the bot, or take it back."""
    if person.blocked != blocked:
        person.blocked = blocked
        chat = sandbox.chats[person.id]
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        move_bot(sandbox, chat, person.user(), old, new)
        sandbox.feed.publish("people", {})


def found_group(sandbox: Sandbox, title: str, people: list[Person]) -> Chat:
    """Found a group with the bot in it."""
    chat, founder = sandbox.add_group(title, people), people[0]
    move_bot(sandbox, chat, founder.user(), "left", "member")
    _post(sandbox, chat, founder, {"group_chat_created": True})
    return chat


def move_bot(sandbox: Sandbox, chat: Chat, mover: Json, old: str, new: str) -> None:
    """Change the bot's standing in *chat*, and tell the bot."""
    chat.bot_left = new == "left"
    sandbox.updates.push(
        "my_chat_member",
        {
            "chat": chat.fields,
            "from": mover,
            "date": sandbox.seconds(),
            "old_chat_member": _member(sandbox, old),
            "new_chat_member": _member(sandbox, new),
        },
    )


def _member(sandbox: Sandbox, status: str) -> Json:
    banned = {"until_date": 0} if status == "kicked" else {}
    return {"user": sandbox.bot(), "status": status, **banned}


def _open(sandbox: Sandbox, person: Person) -> Chat:
    if person.blocked:
        raise BlockedError
    return sandbox.chats[person.id]


def _post(sandbox: Sandbox, chat: Chat, person: Person, content: Json) -> Json:
    if chat.is_private:
        _open(sandbox, person)
    message = sandbox.post(chat, person.user(), content)
    if not chat.bot_left:
        sandbox.updates.push("message", message)
    return message


def _text(text: str) -> Json:
    found = entities.found_in(text)
    return {"text": text, "entities": found} if found else {"text": text}
