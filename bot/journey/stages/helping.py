"""/help: what this stage asks, what Rein is, every command, and whom to turn to."""

from dataclasses import replace

from bot.journey.conversation import Conversation
from bot.journey.events import Command
from bot.journey.fixed import TALK
from bot.journey.house import AskDisclosure, Disclosed
from bot.journey.step import Step, say, text
from bot.journey.wording import mode_line

WANTED = "help"


def look_up(conversation: Conversation, _: Command) -> Step:
    """Have looked up whom to ask here."""
    return Step(conversation, (AskDisclosure(WANTED),))


def explain(conversation: Conversation, told: Disclosed) -> Step:
    """Explain the stage and the commands, and name who runs this Rein."""
    known = told.disclosure.contact
    contact = (text("privacy.contact", contact=known),) if known else ()
    about = (f"help.{conversation.stage}", "help.what", mode_line(conversation, told))
    said = say(*about, "help.commands", *contact)
    return Step(conversation, (replace(said, standing=((TALK,),)),))
