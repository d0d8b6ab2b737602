"""When a language model may be sent anything of somebody's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.journey.conversation import SAFETY, Conversation, Erasing, Stage
from bot.journey.house import Disclosure
from bot.journey.stages import consent
from bot.journey.wording import may_ask_model
from coach.preferences import Preferences

HERE = Conversation(
    Stage.HOME, consent=consent.WITH_MODEL, disclosure=Disclosure(provider="Google (Gemini)")
)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def erasing(back: Stage) -> Conversation:
    return replace(HERE, stage=Stage.DATA, erasing=Erasing("token", MIDNIGHT, back))


@pytest.mark.parametrize(
    ("conversation", "may"),
    [
        pytest.param(HERE, True, id="somebody who agreed"),
        pytest.param(erasing(Stage.HOME), True, id="asked whether to erase"),
        pytest.param(replace(HERE, stage=Stage.CONSENT), False, id="before consent"),
        pytest.param(replace(HERE, consent=consent.FIRST), False, id="agreed before the model"),
        pytest.param(replace(HERE, preferences=Preferences(ai_wording=False)), False, id="off"),
        pytest.param(erasing(Stage.SAFETY_HOLD), False, id="asked whether to erase in a hold"),
        *(pytest.param(replace(HERE, stage=stage), False, id=stage) for stage in sorted(SAFETY)),
    ],
)
def test_a_model_is_asked_only_with_consent_and_out_of_danger(
    conversation: Conversation, may: bool
):
    assert may_ask_model(conversation) is may
