import pytest

from coach.catalogue import texts
from coach.coach import Coach
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.rules import faq, wishes
from coach.values import Wish

ASKED = {
    "en": {
        "what do you do?": "what",
        "are you a real person?": "human",
        "are you human?": "human",
        "who made you": "human",
        "who wrote you?": "human",
        "is anybody there?": "human",
        "who is behind this?": "human",
        "is this free": "price",
        "What do you do with my data?": "data",
        "how do I stop this?": "stop",
        "which language model do you use?": "model",
        "how did you calculate this?": "calculated",
        "can you remind me?": "remind",
        "what can I do?": "can_do",
    },
    "es": {
        "¿qué haces?": "what",
        "eres una persona?": "human",
        "¿quién te ha hecho?": "human",
        "quién te programó?": "human",
        "¿quién está detrás de esto?": "human",
        "cuánto cuesta": "price",
        "¿qué haces con mis datos?": "data",
        "cómo paro esto?": "stop",
        "qué modelo usas?": "model",
        "¿cómo lo has calculado?": "calculated",
        "me puedes avisar?": "remind",
        "qué puedo hacer?": "can_do",
    },
}


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [(code, text, topic) for code, rows in ASKED.items() for text, topic in rows.items()],
)
def test_a_question_about_us_is_answered_in_its_language(language: str, text: str, topic: str):
    assert faq.is_question(text, language)
    assert faq.topic(text, language) == topic
    assert faq.answer(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (code, text)
        for code, rows in ASKED.items()
        for text, topic in rows.items()
        if topic == "human"
    ],
)
def test_whoever_asks_what_we_are_wants_nothing_else(language: str, text: str):
    assert wishes.of(text, language) is Wish.TALK


@pytest.mark.parametrize("text", ["what's the weather?", "who won the game?", "why?"])
def test_any_other_question_is_beyond_us_and_we_say_so(text: str):
    assert faq.is_question(text)
    assert faq.answer(text) is None
    assert Coach().answer_question(text, "en") == "I can't look that up."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how about 3 times?", "en"),
        ("20 minutes?", "en"),
        ("run 3 times a week", "en"),
        ("can we move it to friday?", "en"),
        ("how do I stop smoking?", "en"),
        ("I want to run, can you help me?", "en"),
        ("tres veces?", "es"),
        ("quiero correr", "es"),
        ("¿cómo puedo dejar de fumar?", "es"),
    ],
)
def test_an_answer_a_change_or_a_goal_with_a_question_mark_is_no_question(text: str, language: str):
    assert not Coach().is_question(text, language)


PUZZLED = {
    "en": ("what do you mean?", "Sorry, what does that mean?", "I don't get it", "huh?", "why?"),
    "es": ("¿qué quieres decir?", "no lo entiendo", "¿a qué te refieres?", "¿por qué preguntas?"),
}
NOT_PUZZLED = {
    "en": ("I don't get up early", "what I can", "why not 3", "I don't understand Spanish yet"),
    "es": ("no entiendo el inglés", "porque quiero", "como puedo", "que sean tres"),
}


@pytest.mark.parametrize("language", PUZZLED)
def test_whoever_asks_what_is_meant_asks_nothing_else(language: str):
    assert [one for one in PUZZLED[language] if not faq.is_puzzled(one, language)] == []
    assert [one for one in NOT_PUZZLED[language] if faq.is_puzzled(one, language)] == []


def test_which_model_words_replies_is_said_as_it_is():
    asked = "which language model do you use?"

    assert Coach().answer_question(asked, "en") == texts("en")("faq.model.off")
    assert Coach(ModelService(ScriptedModel())).answer_question(asked, "en") == texts("en")(
        "faq.model.on"
    )
