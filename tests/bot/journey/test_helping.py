from dataclasses import replace

import pytest

from bot.journey.conversation import Conversation, Stage
from bot.journey.house import Disclosed, Disclosure
from bot.journey.stages import consent, helping
from bot.journey.wording import mode_line
from coach.preferences import Preferences
from tests.bot.fakes import NOON


def keys(disclosure: Disclosure) -> list[str]:
    step = helping.explain(Conversation(Stage.GOAL), Disclosed(NOON, "turn", disclosure, "help"))
    return [part.key for part in step.effects[0].content]  # type: ignore[union-attr]


def test_help_names_who_runs_this_rein_where_that_is_set():
    assert keys(Disclosure()) == ["help.goal", "help.what", "help.mode.none", "help.commands"]
    assert keys(Disclosure(contact="ada@example.org"))[-1] == "privacy.contact"


MODELLED = Disclosure(provider="Google (Gemini)")
AGREED = Conversation(Stage.HOME, consent=consent.WITH_MODEL, disclosure=MODELLED)
BEFORE = replace(AGREED, consent=consent.FIRST)
OFF = replace(AGREED, preferences=Preferences(ai_wording=False))


@pytest.mark.parametrize(
    ("conversation", "mode", "why"),
    [
        pytest.param(AGREED, "model", "model", id="the model"),
        pytest.param(AGREED, "sparing", "model", id="the model, for what matters"),
        pytest.param(AGREED, "spent", "spent", id="the budget is used"),
        pytest.param(AGREED, "resting", "resting", id="the provider is left alone"),
        pytest.param(BEFORE, "model", "not_agreed", id="no consent"),
        pytest.param(OFF, "model", "off", id="switched off"),
    ],
)
def test_help_says_who_words_answers_now_and_why(conversation: Conversation, mode: str, why: str):
    told = Disclosed(NOON, "turn", MODELLED, "help", mode)

    assert mode_line(conversation, told).key == f"help.mode.{why}"
