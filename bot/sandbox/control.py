"""The control routes: scripts, tests and the page play people through these."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import acts, samples
from bot.sandbox.asked import Asked, AskedError
from bot.sandbox.shapes import Json
from bot.sandbox.world import Sandbox

LONGEST_WAIT = 10.0  # seconds, for the answer to a tap
LONGEST_JUMP = timedelta(days=3660)


async def world(asked: Asked) -> Json:
    """Show the bot, the people, the groups and the clock."""
    sandbox, profile = asked.sandbox, asked.sandbox.profile
    people = [{**person.user(), "blocked": person.blocked} for person in sandbox.people.values()]
    groups = [
        {**chat.fields, "people": list(chat.people), "bot_left": chat.bot_left}
        for chat in sandbox.chats.values()
        if not chat.is_private
    ]
    described = {
        "descriptions": profile.descriptions,
        "short_descriptions": profile.short_descriptions,
        "commands": [
            {"scope": scope, "language_code": language, "commands": commands}
            for (scope, language), commands in profile.commands.items()
        ],
    }
    bot = {**sandbox.bot(), **described}
    return {"bot": bot, "people": people, "groups": groups, "clock": _clock(sandbox)}


async def add_person(asked: Asked) -> Json:
    """Add somebody."""
    id = asked.integer("id", None)
    if id is not None and id < 1:
        raise AskedError(400, "id must be 1 or more")
    first_name, language = asked.text("first_name"), asked.text("language_code", "en")
    return {"id": asked.sandbox.add_person(first_name, language, id).id}


async def say(asked: Asked) -> Json:
    """Write as a person."""
    person = asked.person()
    chat = asked.sandbox.chats[person.id]
    return acts.say(asked.sandbox, chat, person, asked.text("text"))


async def send(asked: Asked) -> Json:
    """Send a sample of something that is no text."""
    kind = asked.text("kind")
    if kind not in samples.KINDS:
        raise AskedError(400, f"kind must be one of {', '.join(samples.KINDS)}")
    return acts.send(asked.sandbox, asked.person(), kind, asked.text("caption", ""))


async def edit(asked: Asked) -> Json:
    """Correct a message."""
    message_id = asked.integer("message_id")
    return acts.edit(asked.sandbox, asked.person(), message_id, asked.text("text"))


async def forward(asked: Asked) -> Json:
    """Pass on somebody else's words."""
    return acts.forward(asked.sandbox, asked.person(), asked.text("text"))


async def press(asked: Asked) -> Json:
    """Tap a button; with `wait_s`, wait that long for the bot's answer and return it."""
    query = acts.press(
        asked.sandbox, asked.person(), asked.integer("message_id"), asked.text("data")
    )
    try:
        async with asyncio.timeout(min(asked.number("wait_s", 0.0), LONGEST_WAIT)):
            return {"query": query.id, **await query.answer}
    except TimeoutError:
        return {"query": query.id}


async def stop(asked: Asked) -> Json:
    """Stop what the bot is writing."""
    acts.stop(asked.sandbox, asked.person())
    return {}


async def block(asked: Asked) -> Json:
    """Block the bot."""
    acts.block(asked.sandbox, asked.person(), blocked=True)
    return {}


async def unblock(asked: Asked) -> Json:
    """Take a block back."""
    acts.block(asked.sandbox, asked.person(), blocked=False)
    return {}


async def messages(asked: Asked) -> list[Json]:
    """List what a person sees in the chat with the bot."""
    return asked.sandbox.chats[asked.person().id].since(asked.after())


async def add_group(asked: Asked) -> Json:
    """Found a group with the bot in it."""
    return {"id": acts.found_group(asked.sandbox, asked.text("title"), asked.people()).id}


async def say_in_group(asked: Asked) -> Json:
    """Write in a group, as `person` or as its first member."""
    chat = asked.group()
    founder = next(iter(chat.people))
    person = chat.people.get(asked.integer("person", founder) or founder)
    if person is None:
        raise AskedError(404, "this person is not in the group")
    return acts.say(asked.sandbox, chat, person, asked.text("text"))


async def group_messages(asked: Asked) -> list[Json]:
    """List what was said in a group."""
    return asked.group().since(asked.after())


async def clock(asked: Asked) -> Json:
    """Tell the sandbox's time."""
    return _clock(asked.sandbox)


async def advance_clock(asked: Asked) -> Json:
    """Go forward by way of all that falls due, at most to the next message if asked so."""
    by = asked.number("advance_s")
    if not 0 <= by <= LONGEST_JUMP.total_seconds():
        raise AskedError(400, "advance_s must be 0 or more seconds, ten years at most")
    sandbox, seen = asked.sandbox, _newest(asked.sandbox)
    to_message = asked.body.get("to_message") is True
    walked = await sandbox.clock.travel(
        timedelta(seconds=by), lambda: to_message and _newest(sandbox) != seen
    )
    told = _clock(sandbox)
    if not walked:
        told["skipped"] = "So much fell due that a part of the way was jumped over."
    sandbox.feed.publish("clock", told)
    return told


async def file(request: Request) -> Response:
    """Serve a file that the bot sent; only pictures are ever shown by a browser."""
    sandbox: Sandbox = request.app.state.sandbox
    found = sandbox.files.get(request.path_params["file_id"])
    if found is None:
        return JSONResponse({"error": "no such file"}, 404)
    shown = found.mime in {"image/png", "image/jpeg"}
    kind = found.mime if shown else "application/octet-stream"
    disposition = "inline" if shown else "attachment"
    return Response(found.content, media_type=kind, headers={"Content-Disposition": disposition})


def _newest(sandbox: Sandbox) -> list[int]:
    return [chat.last_message_id for chat in sandbox.chats.values()]


def _clock(sandbox: Sandbox) -> Json:
    now, offset = sandbox.clock.now(), sandbox.clock.offset
    return {"now": now.isoformat(), "offset_s": int(offset.total_seconds())}


def _route(method: str, path: str, act: Callable[[Asked], Awaitable[object]]) -> Route:
    async def endpoint(request: Request) -> JSONResponse:
        try:
            asked = await Asked.read(request)
            return JSONResponse(await act(asked))
        except AskedError as error:
            return JSONResponse({"error": error.reason}, error.status)
        except acts.BlockedError:
            return JSONResponse({"error": "this person blocked the bot"}, 409)
        except acts.MessageUnknownError:
            return JSONResponse({"error": "no such message to act on"}, 404)

    return Route(f"/sandbox{path}", endpoint, methods=[method])


routes = [
    _route("GET", "/world", world),
    _route("POST", "/people", add_person),
    _route("POST", "/people/{id}/say", say),
    _route("POST", "/people/{id}/send", send),
    _route("POST", "/people/{id}/edit", edit),
    _route("POST", "/people/{id}/forward", forward),
    _route("POST", "/people/{id}/press", press),
    _route("POST", "/people/{id}/stop", stop),
    _route("POST", "/people/{id}/block", block),
    _route("POST", "/people/{id}/unblock", unblock),
    _route("GET", "/people/{id}/messages", messages),
    _route("POST", "/groups", add_group),
    _route("POST", "/groups/{id}/say", say_in_group),
    _route("GET", "/groups/{id}/messages", group_messages),
    _route("GET", "/clock", clock),
    _route("POST", "/clock", advance_clock),
    Route("/sandbox/files/{file_id}", file),
]
