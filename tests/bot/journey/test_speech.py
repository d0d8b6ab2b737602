from bot.journey.conversation import Conversation, Stage
from bot.journey.keeps import KeepLanguage
from bot.journey.speech import speak


def test_another_language_is_spoken_at_once_and_kept():
    step = speak(Conversation(stage=Stage.GOAL), "es")

    assert step.conversation == Conversation(stage=Stage.GOAL, language="es")
    assert step.effects == (KeepLanguage("es"),)
