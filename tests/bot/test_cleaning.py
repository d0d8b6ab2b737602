import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cleaning

any_text = st.text(st.characters(codec=None, categories=None), max_size=200)


@given(any_text)
def test_any_text_becomes_storable(text: str) -> None:
    cleaned = cleaning.clean(text)

    assert "\x00" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in cleaned)


@given(any_text)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaning.clean(text)

    assert cleaning.clean(once) == once


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200))
def test_plain_words_stay_as_they_are(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert cleaning.clean(composed) == composed


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("run\x00ning", "running", id="nul"),
        pytest.param("half \ud83d emoji", "half \ufffd emoji", id="lone surrogate"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("\x1b[31mred", "[31mred", id="escape"),
        pytest.param("e\u0301", "\u00e9", id="composed"),
        pytest.param("👩\u200d👧", "👩\u200d👧", id="joined emoji"),
        pytest.param("x" * 5000, "x" * 4096, id="too long"),
    ],
)
def test_texts_are_cleaned(text: str, cleaned: str) -> None:
    assert cleaning.clean(text) == cleaned


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u3164", "\ufe0f", "\u00a0\u2800"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert cleaning.is_blank(text)


@pytest.mark.parametrize("text", ["a", "👍🏽", "é", " .", "跑"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not cleaning.is_blank(text)
