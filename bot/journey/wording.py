"""Whether a language model may be asked for somebody, and who words answers now."""

from bot.journey.content import Text
from bot.journey.conversation import SAFETY, Conversation, Stage, behind
from bot.journey.house import Disclosed
from bot.journey.stages import consent
from bot.journey.step import text


def may_ask_model(conversation: Conversation) -> bool:
    """Tell whether a model may be sent anything of this person's.

    Only after consent to a text that names it, with AI wording on, and never in danger.
    """
    if behind(conversation) in {Stage.CONSENT, *SAFETY} or not consent.covers(conversation):
        return False
    return conversation.preferences.ai_wording


def mode_line(conversation: Conversation, told: Disclosed) -> Text:
    """Say who words answers now; where the rules do, say why."""
    if not told.disclosure.provider:
        return Text("help.mode.none")
    if not conversation.preferences.ai_wording:
        return Text("help.mode.off")
    if not may_ask_model(conversation):
        return Text("help.mode.not_agreed")
    if told.mode in {"spent", "resting"}:
        return Text(f"help.mode.{told.mode}")
    return text("help.mode.model", provider=told.disclosure.provider)
