"""Methods that put something into a chat."""

import mimetypes
from typing import Any

from bot.sandbox.bot_api import content, refusals
from bot.sandbox.bot_api.call import Call
from bot.sandbox.bot_api.multipart import Upload
from bot.sandbox.files import File, picture_size
from bot.sandbox.shapes import Json

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
PICTURE_BYTES = 10 * 2**20


async def send_message(call: Call) -> Json:
    """Say something."""
    return _post(call, content.text(call))


async def send_message_draft(call: Call) -> bool:
    """Show a message while it is being written."""
    chat = call.open_chat()
    if not chat.is_private:
        raise refusals.bad_request("drafts can be sent to private chats only")
    draft_id = call.integer("draft_id")
    if not draft_id:
        raise refusals.bad_request("DRAFT_ID_INVALID")
    stop = {name: call.truth(name) for name in ("can_stop", "keep_on_stop")}
    call.sandbox.write(chat, {"draft_id": draft_id, **stop, **content.draft(call)})
    return True


async def send_chat_action(call: Call) -> bool:
    """Show that the bot is busy."""
    chat = call.open_chat()
    action = call.text("action")
    if action not in ACTIONS:
        raise refusals.bad_request("wrong parameter action in request")
    call.sandbox.feed.publish("action", {"chat_id": chat.id, "action": action})
    return True


async def send_photo(call: Call) -> Json:
    """Send a picture: an upload, or one that was sent before."""
    file_id, file = _file(call, "photo")
    size = picture_size(file.content) if len(file.content) <= PICTURE_BYTES else None
    if size is None or not 0 < sum(size) <= 10_000:
        raise refusals.bad_request("IMAGE_PROCESS_FAILED")
    photo = {**_described(file_id, file), "width": size[0], "height": size[1]}
    return _post(call, {"photo": [photo], **content.caption(call)})


async def send_document(call: Call) -> Json:
    """Send a file: an upload, or one that was sent before."""
    file_id, file = _file(call, "document")
    named = {"file_name": file.name, "mime_type": file.mime}
    return _post(
        call, {"document": {**_described(file_id, file), **named}, **content.caption(call)}
    )


def _post(call: Call, body: dict[str, Any]) -> Json:
    chat, keyboard = call.open_chat(), content.keyboard(call)
    if keyboard:
        body["reply_markup"] = keyboard
    return call.sandbox.post(chat, call.sandbox.bot(), body)


def _described(file_id: str, file: File) -> Json:
    return {"file_id": file_id, "file_unique_id": file_id[:12], "file_size": len(file.content)}


def _file(call: Call, name: str) -> tuple[str, File]:
    named = call.text(name)
    upload = call.files.get(named.removeprefix("attach://") or name)
    if upload is not None:
        file = _received(upload)
        return call.sandbox.files.add(file), file
    if named.startswith(("http://", "https://")):
        raise refusals.bad_request("failed to get HTTP URL content")  # nothing leaves the sandbox
    known = call.sandbox.files.get(named)
    if known is None:
        missing = f"there is no {name} in the request"
        raise refusals.bad_request("wrong file identifier/HTTP URL specified" if named else missing)
    return named, known


def _received(upload: Upload) -> File:
    if not upload.content:
        raise refusals.bad_request("file must be non-empty")
    guessed = mimetypes.guess_type(upload.name)[0]
    return File(upload.name, guessed or upload.mime, upload.content)
