from datetime import UTC, datetime, time

import pytest

from bot.journey import clocks, zones
from bot.journey.zones import Found

NOW = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Nueva York", "America/New_York"),
        ("vivo en Ciudad de México", "America/Mexico_City"),
        ("Bogotá", "America/Bogota"),
        ("Sevilla", "Europe/Madrid"),
        ("near Munich", "Europe/Berlin"),
        ("Europe/Paris", "Europe/Paris"),
        ("las palmas", "Atlantic/Canary"),
    ],
)
def test_a_city_is_found_by_the_name_people_use(said: str, zone: str):
    assert zones.find(said, NOW, "en") == Found(zone, sure=True)


@pytest.mark.parametrize(
    ("language", "said", "zone"),
    [
        ("es", "son las 14:00", "Europe/Madrid"),
        ("es", "9:00", "America/Caracas"),
        ("es", "8:05", "America/Bogota"),
        ("en", "2 pm", "Africa/Lagos"),
        ("en", "8:00", "America/New_York"),
        ("de", "14:00", "Europe/Berlin"),
        ("es", "aquí son las 14:00 ya", "Europe/Madrid"),
        ("en", "it's 2pm here right now", "Africa/Lagos"),
        ("en", "My clock says 8:00.", "America/New_York"),
    ],
)
def test_a_local_time_means_the_zone_most_speakers_have_and_is_not_sure(
    language: str, said: str, zone: str
):
    assert zones.find(said, NOW, language) == Found(zone, sure=False)


@pytest.mark.parametrize(
    "said",
    [
        "somewhere", "14:20", "7 words", "from 13:00 to 14:00", "",
        "please move it to 8:00", "ask me at 2pm", "cámbialo a las 14:00",
    ],
)  # fmt: skip
def test_nothing_is_guessed(said: str):
    assert zones.find(said, NOW, "en") is None


def test_likely_zones_are_offered_by_their_time_and_each_time_once():
    times = [local for _, local in zones.likely("en", NOW)]

    assert times == ["13:00", "08:00", "07:00", "05:00", "18:30", "00:00"]
    assert len(zones.likely("es", NOW)) == len({local for _, local in zones.likely("es", NOW)})


def test_the_next_change_of_the_clocks_is_known():
    assert zones.next_change("Europe/Madrid", NOW) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert zones.next_change("Asia/Kolkata", NOW) is None


def test_every_listed_city_has_a_real_zone():
    known = zones._zones_by_name()

    assert all(zones.ZoneInfo(zone) for zone in set(known.values()))


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("quiet from 22 to 7", (time(22), time(7))),
        ("silencio de 22 a 7", (time(22), time(7))),
        ("10pm to 6:30am", (time(22), time(6, 30))),
        ("22:30-6:45", (time(22, 30), time(6, 45))),
        ("at 9", None),
        ("7 to 7", None),
    ],
)
def test_spans_of_hours_are_read(said: str, span: tuple[time, time] | None):
    assert clocks.span(said) == span


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("20:15", time(20, 15)),
        ("7pm", time(19)),
        ("21h", time(21)),
        ("9", time(9)),
        ("ask me at 9, thanks", time(9)),
        ("at 9 in the evening please", time(21)),
        ("a las 9 de la noche", time(21)),
        ("a las 7 de la mañana", time(7)),
        ("12 at night", time(0)),
        ("2 at night", time(2)),
        ("12 pm", time(12)),
        ("at 14:20, in 2 days", time(14, 20)),
        ("20 minutes after I run", None),
        ("2 times a day", None),
        ("between 7 pm and 8 pm", None),
        ("whenever", None),
    ],
)
def test_the_one_time_that_is_meant_is_read(said: str, at: time | None):
    assert clocks.moment(said) == at
