"""Words beside a resolution: a new first line only where they word one, else a figure, or less."""

import pytest

from coach.rules import answers, understanding
from coach.values import GoalUnderstanding, Quantity
from tests.coach.rules.cases import NOW

PAGES = "read 10 pages before bed"
MINUTES = "meditate 10 minutes every morning after coffee"
RUN = "I want to run 3 times a week"
SMOKE = "quit smoking"
PAGINAS = "leer 10 páginas cada noche"

REMARKS = [
    (PAGES, "en", "I don't like it"),
    (PAGES, "en", "the first step is silly"),
    (PAGES, "en", "sure, looks good"),
    (PAGES, "en", "drop the pages, I mean words, to 300"),
    (PAGES, "en", "I hate reading at all"),
    (PAGES, "en", "my mother visits us tonight"),
    (PAGES, "en", "I will never manage that"),
    (PAGES, "en", "I'll think about it"),
    (SMOKE, "en", "make it 15"),
    (PAGES, "en", "make it 1,,2"),
    (PAGINAS, "es", "la verdad no me gusta"),
    (PAGINAS, "es", "el primer paso es una tontería"),
    (PAGINAS, "es", "claro, se ve bien"),
]
WORDED = [
    (PAGES, "en", "I will take a book along wherever I go"),
    (PAGES, "en", "I'm going to do it with Anna"),
    (PAGES, "en", "Read with my daughter on the sofa"),
    (PAGES, "en", "I want to read aloud with Anna"),
    (SMOKE, "en", "I will not smoke at home"),
    (PAGINAS, "es", "Voy a llevar un libro conmigo"),
    (PAGINAS, "es", "leer con mi hija en el sofá"),
    (PAGINAS, "es", "Leeré con mi hija en el sofá"),
]
BARE = [
    (PAGES, "en", "hmm, make it 15", "amount", Quantity(15, "pages")),
    (PAGES, "en", "I prefer 15", "amount", Quantity(15, "pages")),
    (PAGES, "en", "rather fifteen please", "amount", Quantity(15, "pages")),
    (MINUTES, "en", "15", "amount", Quantity(15, "min")),
    ("save 3,000 dollars by June", "en", "make it 2,500", "target", Quantity(2500, "USD")),
    (RUN, "en", "make it 4", "per_week", 4.0),
    (RUN, "en", "ok, but make it 30", "amount", Quantity(30, "min")),
    (PAGINAS, "es", "mejor 15", "amount", Quantity(15, "pages")),
    (PAGINAS, "es", "bueno, que sean 15", "amount", Quantity(15, "pages")),
    (PAGES, "en", "no, that's too much", "load", 0.7),
    (PAGES, "en", "10 pages is too much for me", "load", 0.7),
    (PAGINAS, "es", "no, es demasiado", "load", 0.7),
]


def _known(text: str, language: str) -> GoalUnderstanding:
    return understanding.read(text, NOW, language).understanding


@pytest.mark.parametrize(("goal", "language", "said"), REMARKS)
def test_a_remark_about_the_card_is_no_new_first_line(goal: str, language: str, said: str):
    before = _known(goal, language)

    assert answers.revise(before, said, NOW) == (before, False)


@pytest.mark.parametrize(("goal", "language", "said"), WORDED)
def test_words_that_word_a_resolution_become_its_first_line(goal: str, language: str, said: str):
    after, understood = answers.revise(_known(goal, language), said, NOW)

    assert (understood, after.wording) == (True, said)


@pytest.mark.parametrize(("goal", "language", "said", "name", "value"), BARE)
def test_a_number_alone_is_the_new_figure_and_too_much_wishes_for_less(
    goal: str, language: str, said: str, name: str, value: object
):
    after, understood = answers.revise(_known(goal, language), said, NOW)

    assert (understood, after.wording) == (True, None)
    assert getattr(after, name) == value


def test_a_number_alone_takes_the_old_ones_place_among_what_was_said():
    after, _ = answers.revise(_known(PAGES, "en"), "make it 15", NOW)

    assert after.numbers == (Quantity(15, "pages"),)


def test_the_number_that_is_there_already_is_understood():
    before = _known(PAGES, "en")

    assert answers.revise(before, "I prefer 10", NOW) == (before, True)
