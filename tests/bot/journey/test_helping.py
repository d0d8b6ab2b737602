from bot.journey.conversation import Conversation, Stage
from bot.journey.house import Disclosed, Disclosure
from bot.journey.stages import helping
from tests.bot.fakes import NOON


def keys(disclosure: Disclosure) -> list[str]:
    step = helping.explain(Conversation(Stage.GOAL), Disclosed(NOON, "turn", disclosure, "help"))
    return [part.key for part in step.effects[0].content]  # type: ignore[union-attr]


def test_help_names_who_runs_this_rein_where_that_is_set():
    assert keys(Disclosure()) == ["help.goal", "help.what", "help.commands"]
    assert keys(Disclosure(contact="ada@example.org"))[-1] == "privacy.contact"
