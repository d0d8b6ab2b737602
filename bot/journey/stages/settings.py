"""SETTINGS: everything a person may change, on one message that is edited in place."""

from dataclasses import replace

from bot.journey import aside, setting_items
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Redraw
from bot.journey.events import Command, Pressed, Said
from bot.journey.setting_items import ITEMS, Item
from bot.journey.step import Step, button, say

BACK = (button("settings.back", "st", "bk"),)


def start(conversation: Conversation, _: Command) -> Step:
    """Open the settings; a set-up that is under way waits."""
    return ask(aside.step_aside(conversation, Stage.SETTINGS))


def start_with(conversation: Conversation, command: Command) -> Step:
    """Open one setting: the one that the command is called after."""
    opened = replace(aside.step_aside(conversation, Stage.SETTINGS), about=command.name)
    return _ask_item(opened, ITEMS[command.name])


def ask(conversation: Conversation) -> Step:
    """Show the settings as they are, each to be tapped."""
    shut = replace(conversation, about="")
    return Step(shut, (say("settings.ask", buttons=setting_items.menu(shut)),))


def ask_again(conversation: Conversation) -> Step:
    """Ask what is open: one setting, or which."""
    item = ITEMS.get(conversation.about)
    return _ask_item(conversation, item) if item else ask(conversation)


def open_item(conversation: Conversation, pressed: Pressed) -> Step:
    """Show the choices of a setting in place of the list."""
    item = ITEMS.get(pressed.argument)
    if item is None:
        return _redraw(replace(conversation, about=""), pressed)
    opened = replace(conversation, about=pressed.argument)
    drawn = Redraw(pressed.message, item.ask(opened), (*item.choices(opened), BACK))
    return Step(opened, (drawn,))


def choose(conversation: Conversation, pressed: Pressed) -> Step:
    """Take a choice and show the list again; one that was never offered changes nothing."""
    item = ITEMS.get(conversation.about)
    changed = item.take(conversation, pressed.argument) if item else None
    if changed is None:
        return _redraw(replace(conversation, about=""), pressed)
    shut = replace(changed.conversation, about="")
    return _redraw(shut, pressed).after(*changed.effects)


def listen(conversation: Conversation, said: Said) -> Step:
    """Take words: for the setting that is open, or whichever they fit."""
    opened = ITEMS.get(conversation.about)
    for item in (opened,) if opened else (ITEMS["quiet"], ITEMS["timezone"], ITEMS["language"]):
        changed = item.read(conversation, said)
        if changed is not None:
            shut = replace(changed.conversation, about="")
            return ask(shut).after(*changed.effects, say("settings.saved"))
    unclear = opened.unclear if opened else "settings.unclear"
    return ask_again(conversation).after(say(unclear))


def close(conversation: Conversation, _: Pressed | None = None) -> Step:
    """Go back to where the person rests."""
    return aside.leave(conversation, "settings.done")


def _ask_item(conversation: Conversation, item: Item) -> Step:
    buttons = (*item.choices(conversation), BACK)
    return Step(conversation, (say(*item.ask(conversation), buttons=buttons),))


def _redraw(conversation: Conversation, pressed: Pressed) -> Step:
    menu = setting_items.menu(conversation)
    return Step(conversation, (Redraw(pressed.message, (Text("settings.ask"),), menu),))
