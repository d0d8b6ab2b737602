import pytest

from coach.catalogue import texts
from coach.rules import activities, forbidden


@pytest.mark.parametrize(
    "text",
    [
        "You failed",
        "no excuses",
        "you should have gone",
        "You must try",
        "what a streak",
        "at least you tried",
        "I'm proud of you",
        "again?",
    ],
)
def test_words_that_press_or_blame_are_found(text: str):
    assert forbidden.found(text)


def test_no_text_of_ours_holds_one():
    t = texts("en")
    held = {key: forbidden.found(t._texts.gettext(key)) for key in t.keys}  # pyright: ignore[reportPrivateUsage] # reads every text unfilled

    assert {key: words for key, words in held.items() if words} == {}


@pytest.mark.parametrize("key", activities.table())
def test_every_activity_has_all_its_texts(key: str):
    t = texts("en")
    needed = ("do", "cue", "action", "measure", "minimum", "first", "reminder", "tip.1", "tip.2")

    assert [name for name in needed if f"activity.{key}.{name}" not in t] == []


def test_no_two_sentences_speak_of_you_in_a_card_written_as_i():
    t = texts("en")
    own = [
        k for k in t.keys if k.startswith(("activity.", "line.", "moment.")) and ".tip." not in k
    ]

    assert [k for k in own if "your" in t._texts.gettext(k).split()] == []  # pyright: ignore[reportPrivateUsage] # reads every text unfilled
