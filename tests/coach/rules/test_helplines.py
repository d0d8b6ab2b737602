from datetime import date

from coach.rules import helplines
from coach.rules.helplines import Helplines, Kind

CHECKED = {"on": date(2026, 11, 1), "by": "Kim"}
TABLE = Helplines(
    {
        "ES": {
            "emergency": {"call": "112", "verified": CHECKED},
            "talk": {"call": "024", "verified": False},
        },
        "FR": {"talk": {"call": "3114", "verified": {"on": date(2026, 11, 1)}}},
    }
)


def test_a_checked_number_is_shown_where_its_country_is():
    assert TABLE.call(Kind.EMERGENCY, "Europe/Madrid") == "112"
    assert TABLE.call(Kind.EMERGENCY, "Atlantic/Canary") == "112"
    assert TABLE.call(Kind.EMERGENCY, "Europe/Paris") is None
    assert TABLE.call(Kind.EMERGENCY, None) is None


def test_a_number_without_a_date_and_a_name_stays_off():
    assert TABLE.call(Kind.TALK, "Europe/Madrid") is None
    assert TABLE.call(Kind.TALK, "Europe/Paris") is None


def test_what_nobody_checked_is_listed_and_half_a_year_later_everything_again():
    waiting = [(line.country, line.kind) for line in TABLE.unverified()]
    later = TABLE.unverified(date(2027, 6, 1))

    assert waiting == [("ES", Kind.TALK), ("FR", Kind.TALK)]
    assert len(later) == 3


def test_every_country_of_our_table_has_a_time_zone_and_an_emergency_number():
    from babel.core import get_global

    countries = {line.country for line in helplines.unverified(date.max)}
    emergency = {
        line.country for line in helplines.unverified(date.max) if line.kind is Kind.EMERGENCY
    }

    assert countries <= set(get_global("zone_territories").values())
    assert emergency == countries
