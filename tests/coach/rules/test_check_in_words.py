import pytest

from coach.coach import Coach
from coach.values import Quantity
from coach.weeks import CheckInRead, DayState

DONE, SMALL, PARTLY, MISSED = DayState.DONE, DayState.SMALL, DayState.PARTLY, DayState.MISSED


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("only 10 min", "en", CheckInRead(PARTLY, Quantity(10, "min"))),
        ("did it", "en", CheckInRead(DONE)),
        ("✅", "en", CheckInRead(DONE)),
        ("skipped, too tired", "en", CheckInRead(MISSED, None, "ti")),
        ("no, forgot", "en", CheckInRead(MISSED, None, "fo")),
        ("busy", "en", CheckInRead(MISSED, None, "tm")),
        ("yesterday I ran", "en", CheckInRead(DONE, yesterday=True)),
        ("I walked 15 minutes yesterday", "en", CheckInRead(DONE, Quantity(15, "min"), None, True)),
        ("the small version", "en", CheckInRead(SMALL)),
        ("too hard, did half", "en", CheckInRead(PARTLY, None, "ha")),
        ("didn't skip", "en", CheckInRead(DONE)),
        ("wasn't easy but I did it", "en", CheckInRead(DONE)),
        ("yes but only 2 pages", "en", CheckInRead(PARTLY, Quantity(2, "pages"))),
        ("not today, I'm ill", "en", CheckInRead(DayState.SKIPPED, None, "si")),
        ("skipped it on purpose", "en", CheckInRead(DayState.SKIPPED)),
        ("rest day", "en", CheckInRead(DayState.SKIPPED)),
        ("hoy no, estoy de viaje", "es", CheckInRead(DayState.SKIPPED, None, "tr")),
        ("not really", "en", CheckInRead(MISSED)),
        ("hmm", "en", CheckInRead(None)),
        ("can we move it to friday?", "en", CheckInRead(None)),
        ("hice la mitad", "es", CheckInRead(PARTLY)),
        ("ayer corrí", "es", CheckInRead(DONE, yesterday=True)),
        ("no, estaba cansada", "es", CheckInRead(MISSED, None, "ti")),
        ("solo 10 min", "es", CheckInRead(PARTLY, Quantity(10, "min"))),
        ("la versión pequeña", "es", CheckInRead(SMALL)),
        ("me lo salté", "es", CheckInRead(MISSED)),
        ("bueno", "es", CheckInRead(None)),
    ],
)
def test_a_check_in_answered_in_words_is_read_in_one_go(
    text: str, language: str, read: CheckInRead
):
    assert Coach().read_check_in(text, language) == read


@pytest.mark.parametrize(
    "text", ["did 20 of 30 minutes", "most of it", "stopped halfway", "a little"]
)
def test_a_part_is_neither_done_nor_missed(text: str):
    assert Coach().read_check_in(text, "en").state is PARTLY
