import pytest

from coach.steps import checks

KNOWN = "I will run 20 minutes, 3 times a week, from Tuesday 18 April 2027 at 07:30. Half an hour."
GOOD = "A long day. Twenty minutes on Tuesday at 07:30, or the small version?"


def weakness(said: str, language: str = "en", needed: str = "", known: str = KNOWN) -> str | None:
    return checks.weakness(said, checks.known(known, language, most_questions=1), needed)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (GOOD, None),
        ("That makes three runs by 18 April.", None),
        ("You could run for 30 minutes.", None),
        ("I will run in the park before work.", None),
        ("You may march on, one step at a time.", None),
        ("...", "empty"),
        ("word " * 71, "too_long"),
        ("x" * 421, "too_long"),
        ("Una tarde larga; mañana sigues con tu plan.", "language"),
        ("Сегодня был длинный день.", "language"),
        ("Lauf heute einfach weiter, so wie immer geplant.", "language"),
        ("You failed today.", "forbidden_word"),
        ("run run run run today", "babble"),
        ("Go on, go on, go on.", None),
        ("That is " + "x" * 41, "babble"),
        ("I promise it works.", "claim"),
        ("As your doctor, rest.", "claim"),
        ("I'm so happy for you.", "claim"),
        ("I’m a real person.", "claim"),
        ("Take a few calories less.", "claim"),
        ("Be plain, warm, short: no empty praise.", "instructions"),
        ("See www.example.com for more.", "link_or_contact"),
        ("Ring +44 20 7946 0958.", "link_or_contact"),
        ("**Run** today.", "markup"),
        ("<b>Run</b> today.", "markup"),
        ("- run\n- walk", "markup"),
        ("Dear [name], run today.", "markup"),
        ("Today? Or tomorrow?", "questions"),
        ("Run 25 minutes.", "invented_figure"),
        ("Run twenty-five minutes.", "invented_figure"),
        ("Run twenty pages.", "invented_figure"),
        ("Run on Monday.", "invented_figure"),
        ("Run by 18 June.", "invented_figure"),
        ("Run at 08:30.", "invented_figure"),
        ("Run half a dozen times.", "invented_figure"),
    ],
)
def test_what_is_wrong_with_a_text_has_a_name(said: str, named: str | None):
    assert weakness(said) == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Veinte minutos el martes a las 07:30, o la versión corta.", None),
        ("Treinta y cinco minutos el martes.", "invented_figure"),
        ("Te prometo que sale bien.", "claim"),
        ("A long day, and the run can wait.", "language"),
        ("Otra vez una excusa.", "forbidden_word"),
    ],
)
def test_spanish_texts_are_checked_by_spanish_words(said: str, named: str | None):
    assert weakness(said, "es", known="20 minutos el martes a las 07:30, 35 páginas") == named


def test_every_needed_figure_has_to_be_said():
    assert weakness("I will run for twenty minutes.", needed="20 minutes") is None
    assert weakness("I will run a little.", needed="20 minutes") == "missing_figure"
    assert weakness("1000 words.", needed="1,000", known="1,000 words") is None


def test_a_list_may_be_counted_where_one_is():
    allowed = checks.known("", "en")

    assert checks.weakness("Two ways lead there.", allowed) == "invented_figure"
    counted = checks.Allowed("en", allowed.figures, counts=True)
    assert checks.weakness("Two ways lead there.", counted) is None


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Score 320 on the GRE", None),
        ("Score 7.0 in IELTS", None),
        ("Nothing in the way, score 10", "claim"),
        ("It's the hour I set aside for it", None),
        ("It's the time I set for it", None),
        ("I set your plan back", "claim"),
    ],
)
def test_what_a_goal_says_is_no_claim_of_ours(said: str, named: str | None):
    assert weakness(said, known="320, 7.0, 10") == named
