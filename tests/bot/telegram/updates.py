"""Raw updates as Telegram writes them."""

from typing import Any

Json = dict[str, Any]

ADA: Json = {"id": 1001, "is_bot": False, "first_name": "Ada", "language_code": "de"}
CHAT: Json = {"id": 1001, "type": "private", "first_name": "Ada"}
GROUP: Json = {"id": -5, "type": "group", "title": "Runners"}
BOT: Json = {"id": 7, "is_bot": True, "first_name": "Rein"}


def message(update_id: int = 1, **content: Any) -> Json:
    fields = {"message_id": 10, "date": 1_763_000_000, "from": ADA, "chat": CHAT, **content}
    return {"update_id": update_id, "message": fields}


def command(text: str, **content: Any) -> Json:
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    return message(text=text, entities=[entity], **content)


def tap(data: str, **content: Any) -> Json:
    under: Json = {"message_id": 11, "date": 1_763_000_000, "from": BOT, "chat": CHAT, **content}
    query = {"id": "q1", "from": ADA, "chat_instance": "1", "data": data, "message": under}
    return {"update_id": 1, "callback_query": query}


def membership(status: str) -> Json:
    member: Json = {"user": BOT, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    change = {"chat": CHAT, "from": ADA, "date": 1_763_000_000}
    change |= {"old_chat_member": {"user": BOT, "status": "member"}, "new_chat_member": member}
    return {"update_id": 1, "my_chat_member": change}
