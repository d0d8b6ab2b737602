"""DATA: see what is kept, take it away, erase it; and what the operator may ask."""

from dataclasses import replace
from datetime import timedelta

from bot.journey.conversation import Conversation, Erasing, Stage
from bot.journey.effects import Erase, Hand, Rows, Say
from bot.journey.events import Command, Pressed
from bot.journey.house import (
    Administered,
    AskAgain,
    AskCounts,
    AskDisclosure,
    AskExport,
    AskInvitation,
    AskToken,
    Counted,
    Disclosed,
    Exported,
    Invited,
    TokenDrawn,
)
from bot.journey.stages import examples, helping
from bot.journey.step import Step, button, say, text

TOKEN_LIFE = timedelta(minutes=10)
"""How long the button that erases is good."""

EXPORT_EVERY = timedelta(minutes=1)

MOST_INVITED = 100
"""How many people one invitation may let in."""


# --- see ---


def explain(conversation: Conversation, _: Command) -> Step:
    """Have looked up what is configured here."""
    return Step(conversation, (AskDisclosure(),))


def disclose(conversation: Conversation, told: Disclosed) -> Step:
    """Say what is stored, who may see it, and how to take it away or erase it."""
    if told.wanted == helping.WANTED:
        return helping.explain(conversation, told)
    known = told.disclosure
    said = [text("privacy.stored")]
    said.append(
        text("privacy.model", provider=known.provider)
        if known.provider
        else text("privacy.no_model")
    )
    if known.provider and known.free_tier:
        said.append(text("privacy.free_tier", provider=known.provider))
    if known.tracing:
        key = "privacy.traces_words" if known.traces_words else "privacy.traces"
        said.append(text(key, where=known.tracing))
    said.append(text("privacy.others"))
    if known.backup_days:
        said.append(text("privacy.backups", days=known.backup_days))
    if known.contact:
        said.append(text("privacy.contact", contact=known.contact))
    if not conversation.examples:
        return Step(conversation, (say(*said, "privacy.rights"),))
    content = (*said, text("privacy.examples"), text("privacy.rights"))
    return Step(conversation, (Say(content, standing=examples.WITHDRAW),))


# --- take away ---


def take_away(conversation: Conversation, command: Command) -> Step:
    """Have everything gathered, once a minute."""
    last = conversation.exported_at
    if last is not None and command.at - last < EXPORT_EVERY:
        return Step(conversation, (say("export.wait"),))
    return Step(conversation, (AskExport(),))


def hand_over(conversation: Conversation, exported: Exported) -> Step:
    """Hand the files over."""
    handed = tuple(Hand(document) for document in exported.documents)
    key = "export.with_plan" if len(handed) > 1 else "export.here"
    return Step(replace(conversation, exported_at=exported.at), (say(key), *handed))


# --- erase ---


def prepare(conversation: Conversation, _: Command) -> Step:
    """Have a token drawn for the button that erases."""
    return Step(conversation, (AskToken(),))


def confirm(conversation: Conversation, drawn: TokenDrawn) -> Step:
    """Ask whether to erase everything; only the button with the token does."""
    back = left(conversation).stage
    erasing = Erasing(drawn.token, drawn.at + TOKEN_LIFE, back)
    buttons: Rows = (
        (button("delete.yes", "dt", f"yes.{drawn.token}"),),
        (button("delete.no", "dt", "no"),),
    )
    asking = replace(conversation, stage=Stage.DATA, erasing=erasing)
    return Step(asking, (say("delete.ask", buttons=buttons),))


def show(conversation: Conversation) -> Step:
    """Ask again, with a new token."""
    return Step(conversation, (AskToken(),))


def decide(conversation: Conversation, pressed: Pressed) -> Step:
    """Erase everything if the token is right and fresh; in any other case nothing."""
    erasing = conversation.erasing
    if pressed.argument == "no" or erasing is None:
        return keep(conversation)
    if pressed.argument != f"yes.{erasing.token}" or pressed.at > erasing.until:
        return Step(left(conversation), (say("delete.too_late"), AskAgain("")))
    gone = Conversation(language=conversation.language)
    return Step(gone, (Erase(pressed.message),))


def keep(conversation: Conversation, _: Command | None = None) -> Step:
    """Erase nothing, and go back to what was asked before."""
    return Step(left(conversation), (say("delete.kept"), AskAgain("")))


def left(conversation: Conversation) -> Conversation:
    """Leave the question whether to erase; elsewhere, change nothing."""
    erasing = conversation.erasing
    if conversation.stage is not Stage.DATA or erasing is None:
        return conversation
    return replace(conversation, stage=erasing.back, erasing=None)


# --- the operator's ---


def administer(conversation: Conversation, asked: Administered) -> Step:
    """Invite, or count."""
    if asked.name == "admin":
        return Step(conversation, (AskCounts(),))
    wanted = asked.argument
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 else 1
    return Step(conversation, (AskInvitation(min(max(number, 1), MOST_INVITED)),))


def invited(conversation: Conversation, made: Invited) -> Step:
    """Show the link."""
    key = "invite.one" if made.uses == 1 else "invite.many"
    return Step(conversation, (say(text(key, link=made.link, n=made.uses, days=made.days)),))


def counted(conversation: Conversation, counted: Counted) -> Step:
    """Show the numbers."""
    counts = counted.counts
    shown = text(
        "admin.counts",
        people=counts.people,
        heard=counts.heard_this_week,
        goals=counts.goals,
        waiting=counts.waiting,
        invitations=counts.invitations,
    )
    return Step(conversation, (say(shown, *counts.summary),))
