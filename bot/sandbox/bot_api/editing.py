"""Methods that change what is in a chat already."""

from datetime import timedelta

from bot.sandbox.bot_api import content, refusals
from bot.sandbox.bot_api.call import Call
from bot.sandbox.bot_api.reactions import REACTIONS
from bot.sandbox.chats import Chat
from bot.sandbox.shapes import Json, utf16_length

DELETABLE = timedelta(hours=48)
TOAST_LIMIT = 200
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def edit_message_text(call: Call) -> Json:
    """Replace text and keyboard; a keyboard that is not named goes."""
    chat, message = _own_message(call, "edit")
    if "text" not in message:
        raise refusals.bad_request("there is no text in the message to edit")
    read = content.text(call)
    new = {"entities": None, **read, "reply_markup": content.keyboard(call)}
    return _change(call, chat, message, new)


async def edit_message_reply_markup(call: Call) -> Json:
    """Replace the keyboard."""
    chat, message = _own_message(call, "edit")
    return _change(call, chat, message, {"reply_markup": content.keyboard(call)})


async def delete_message(call: Call) -> bool:
    """Delete a message for everyone."""
    chat, message = _message(call, "delete")
    if call.sandbox.seconds() - message["date"] > DELETABLE.total_seconds():
        raise refusals.bad_request("message can't be deleted for everyone")
    call.sandbox.remove(chat, message["message_id"])
    return True


async def set_message_reaction(call: Call) -> bool:
    """Put the bot's reaction under a message, or take it away."""
    chat, message = _message(call, "react")
    reactions = call.objects("reaction", "can't parse reaction types JSON object")
    if any(reaction.get("emoji") not in REACTIONS for reaction in reactions):
        raise refusals.bad_request("REACTION_INVALID")
    if len(reactions) > 1:
        raise refusals.bad_request("REACTIONS_TOO_MANY")
    call.sandbox.react(chat, message["message_id"], reactions)
    return True


async def answer_callback_query(call: Call) -> bool:
    """Answer a tap with a toast, an alert, or nothing to see."""
    text = call.text("text")
    if utf16_length(text) > TOAST_LIMIT:
        raise refusals.bad_request("MESSAGE_TOO_LONG")
    now = call.sandbox.clock.now()
    query = call.sandbox.queries.take(call.text("callback_query_id"), now)
    if query is None:
        raise refusals.bad_request(
            "query is too old and response timeout expired or query ID is invalid"
        )
    answer: Json = {"text": text, "show_alert": call.truth("show_alert")}
    if not query.answer.done():
        query.answer.set_result(answer)
    call.sandbox.feed.publish("toast", {"query": query.id, "chat_id": query.person, **answer})
    return True


def _message(call: Call, verb: str) -> tuple[Chat, Json]:
    chat = call.open_chat()
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refusals.bad_request(f"message to {verb} not found")
    return chat, message


def _own_message(call: Call, verb: str) -> tuple[Chat, Json]:
    chat, message = _message(call, verb)
    if not message["from"]["is_bot"]:
        raise refusals.bad_request("message can't be edited")
    return chat, message


def _change(call: Call, chat: Chat, message: Json, new: Json) -> Json:
    if all(message.get(name) == value for name, value in new.items()):
        raise refusals.bad_request(UNCHANGED)
    return call.sandbox.change(chat, message, **new, edit_date=call.sandbox.seconds())
