"""Methods about the bot itself: who it is and how it presents itself."""

import json
import re

from bot.sandbox import acts
from bot.sandbox.bot_api import refusals
from bot.sandbox.bot_api.call import Call
from bot.sandbox.shapes import Json

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
_COMMAND = re.compile(r"/?([a-z0-9_]{1,32})")


async def get_me(call: Call) -> Json:
    """Tell who the bot is."""
    return {
        **call.sandbox.bot(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(call: Call) -> bool:
    """Set the menu of commands for a scope and a language."""
    given = call.objects("commands", "can't parse commands JSON object")
    commands = [_command(one) for one in given]
    if len(commands) > MOST_COMMANDS:
        raise refusals.bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = call.structure("scope", "can't parse BotCommandScope") or {"type": "default"}
    key = json.dumps(scope, sort_keys=True), call.text("language_code")
    call.sandbox.profile.commands[key] = commands
    return _presented(call)


async def set_my_description(call: Call) -> bool:
    """Set what an empty chat shows."""
    return _describe(call, call.sandbox.profile.descriptions, "description", LONGEST_DESCRIPTION)


async def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows."""
    texts = call.sandbox.profile.short_descriptions
    return _describe(call, texts, "short_description", LONGEST_SHORT_DESCRIPTION)


async def leave_chat(call: Call) -> bool:
    """Leave a group."""
    chat = call.open_chat()
    if chat.is_private:
        raise refusals.bad_request("can't leave private chats")
    acts.move_bot(call.sandbox, chat, call.sandbox.bot(), "member", "left")
    return True


def _describe(call: Call, texts: dict[str, str], name: str, limit: int) -> bool:
    text = call.text(name)
    if len(text) > limit:
        raise refusals.bad_request(f"{name} is too long")
    texts[call.text("language_code")] = text
    return _presented(call)


def _presented(call: Call) -> bool:
    call.sandbox.feed.publish("profile", {})
    return True


def _command(given: Json) -> Json:
    name = _COMMAND.fullmatch(str(given.get("command", "")))
    description = str(given.get("description", "")).strip()
    if not name:
        raise refusals.bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise refusals.bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name[1], "description": description}
