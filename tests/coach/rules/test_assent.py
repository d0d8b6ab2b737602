"""A plain yes or no, typed."""

import pytest

from coach.rules import assent

YES = (
    "yes", "ok", "Sure!", "looks good", "ok yes", "ok start", "sure, looks good", "Yes please",
    "let's do it", "that fits", "sounds good, thanks", "sí", "si", "vale, perfecto",
    "sí, empecemos", "me gusta", "hagámoslo", "está bien, gracias",
)  # fmt: skip
NO = (
    "no", "Nope.", "not really", "no thanks", "I don't like it", "no, I don't like it",
    "it doesn't fit", "the first step is silly", "no me gusta", "no, no me gusta", "no me convence",
    "el primer paso es una tontería",
)  # fmt: skip
MORE = (
    "yes but 15 minutes", "ok, make it 15", "no, that's too much", "not Mondays", "no deadline",
    "I don't like Mondays", "good question", "start on Monday", "sí, pero los martes",
    "no los lunes", "hmm", "", "right now I can run 3 km",
)  # fmt: skip


@pytest.mark.parametrize("said", YES)
def test_a_yes_in_words_is_a_yes(said: str):
    assert assent.of(said) is True


@pytest.mark.parametrize("said", NO)
def test_a_no_in_words_and_displeasure_are_a_no(said: str):
    assert assent.of(said) is False


@pytest.mark.parametrize("said", MORE)
def test_words_that_say_more_are_neither(said: str):
    assert assent.of(said) is None
