"""The Bot API's one route: find the method, read the parameters, answer as Telegram does."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from bot.sandbox.bot_api import editing, multipart, profile, receiving, refusals, sending
from bot.sandbox.bot_api.call import Call
from bot.sandbox.bot_api.multipart import Upload
from bot.sandbox.world import Sandbox

MOST_BYTES = 50 * 2**20
_TOKEN = re.compile(r"(\d{1,16}):[\w-]{30,}", re.ASCII)

METHODS: dict[str, Callable[[Call], Awaitable[Any]]] = {
    "getme": profile.get_me,
    "setmycommands": profile.set_my_commands,
    "setmydescription": profile.set_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "leavechat": profile.leave_chat,
    "getupdates": receiving.get_updates,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendmessagedraft": sending.send_message_draft,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "setmessagereaction": editing.set_message_reaction,
    "answercallbackquery": editing.answer_callback_query,
}


class Answer(JSONResponse):
    """JSON as Telegram writes it: all beyond ASCII is escaped, half a surrogate pair too."""

    def render(self, content: Any) -> bytes:
        """Write it."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


async def endpoint(request: Request) -> Answer:
    """Answer one call."""
    sandbox: Sandbox = request.app.state.sandbox
    try:
        method = _method(sandbox, request.path_params["token"], request.path_params["method"])
        parameters, files = await _parameters(request)
        result = await method(Call(sandbox, parameters, files))
    except refusals.RefusedError as error:
        refused = {"ok": False, "error_code": error.code, "description": error.description}
        return Answer(refused, error.code)
    return Answer({"ok": True, "result": result})


def _method(sandbox: Sandbox, token: str, name: str) -> Callable[[Call], Awaitable[Any]]:
    known = _TOKEN.fullmatch(token)
    if not known:
        looks_like_one = re.match(r"\d+:.", token)
        raise refusals.RefusedError(*((401, "Unauthorized") if looks_like_one else NOT_FOUND))
    sandbox.profile.id = int(known[1])
    method = METHODS.get(name.lower())
    if method is None:
        raise refusals.RefusedError(*NOT_FOUND)
    return method


NOT_FOUND = (404, "Not Found")


async def _parameters(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    parameters: dict[str, Any] = dict(request.query_params)
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise refusals.RefusedError(413, "Request Entity Too Large")
    try:
        body = await request.body()
    except ClientDisconnect:  # the bot was killed meanwhile: nobody is there to hear it
        raise refusals.bad_request("request is incomplete") from None
    if not body:
        return parameters, {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        fields, files = multipart.parse(kind, body)
        return parameters | fields, files
    if kind.startswith("application/json"):
        return parameters | _json_object(body), {}
    return parameters | dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True)), {}


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise refusals.bad_request("can't parse JSON object")
    return cast(dict[str, Any], value)
