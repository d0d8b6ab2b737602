"""Whether a language model may be asked for somebody, and whether they may decide about it."""

from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.stages import consent, data


def may_ask_model(conversation: Conversation) -> bool:
    """Tell whether a model may be sent anything of this person's.

    Only after consent to a text that names it, with AI wording on, and never in danger.
    """
    here = data.left(conversation)  # the question whether to erase hides where they stand
    if here.stage in {Stage.CONSENT, *SAFETY} or not consent.covers(here):
        return False
    return here.preferences.ai_wording
