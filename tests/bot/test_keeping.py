"""What is kept of a turn, on a real database."""

from bot import keeping
from bot.journey.keeps import KeepLanguage
from storage import people
from storage.database import Database
from storage.origin import Origin
from tests.bot.fakes import NOON

ORIGIN = Origin("018f4a7e-0000-7000-8000-000000000001", NOON)


def test_a_language_is_kept(database: Database):
    person = database.write_now(lambda t: people.create(t, 1, "en", NOON))

    database.write_now(lambda t: keeping.keep(t, person, [KeepLanguage("es")], ORIGIN))

    found = database.read_now(lambda t: people.find(t, 1))
    assert found is not None
    assert found.language == "es"
