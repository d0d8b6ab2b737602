"""When a model looks for danger too: on free text that the rules find harmless or unclear."""

from bot.journey.conversation import Conversation
from bot.journey.events import Event, Said
from bot.journey.unexpected import HARMLESS
from bot.journey.wording import may_ask_model


def is_due(conversation: Conversation, event: Event) -> bool:
    """Tell whether what was said is worth a second look; plain danger is met without one."""
    if not isinstance(event, Said) or not event.text:
        return False
    unclear = event.safety.soft or event.safety.danger in HARMLESS
    return unclear and may_ask_model(conversation)
