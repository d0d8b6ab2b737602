"""When somebody may be asked what they think: never around danger, and rarely unasked.

Everything that asks for an opinion passes `withheld` on its way out, so that no handler needs
to remember this.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.journey import local
from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.effects import Close, Effect, Rows, Say
from bot.journey.events import Rated

AFTER_DANGER = timedelta(hours=24)
"""How long after danger nobody is asked what they think."""


def is_calm(conversation: Conversation, at: datetime) -> bool:
    """Tell whether opinions may be asked for: danger was neither met nor near for a day."""
    if conversation.stage in SAFETY:
        return False
    near = conversation.danger_at
    return near is None or at - near > AFTER_DANGER


def may_ask_unasked(conversation: Conversation, at: datetime) -> bool:
    """Tell whether stars may come up of themselves; not while, or on the day, somebody lapsed."""
    lapsed_today = conversation.everyday.lapse_on == local.today(conversation, at)
    return conversation.stage is not Stage.LAPSE and not lapsed_today


def withheld(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Take out of *effects* whatever asks for an opinion."""
    left = (_without_request(effect) for effect in effects)
    return tuple(effect for effect in left if effect is not None)


def _without_request(effect: Effect) -> Effect | None:
    match effect:
        case Close():
            return replace(effect, stars=None)
        case Say() if effect.chips is not None:
            return None
        case Say():
            bare = replace(effect, stars=None, buttons=_without_offers(effect.buttons))
            return bare if bare.content else None
        case _:
            return effect


def _without_offers(rows: Rows) -> Rows:
    return tuple(row for row in rows if not any(isinstance(one.about, Rated) for one in row))
