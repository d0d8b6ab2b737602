from datetime import UTC, datetime, timedelta
from uuid import UUID

from coach.ids import uuid7, uuid7_named

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_turn_id_is_a_uuid_of_version_7():
    turn_id = UUID(uuid7(NOW))

    assert (turn_id.version, turn_id.variant) == (7, "specified in RFC 4122")


def test_turn_ids_sort_by_time():
    earlier, later = uuid7(NOW), uuid7(NOW + timedelta(milliseconds=1))

    assert earlier < later


def test_a_named_id_is_the_same_for_the_same_name_alone():
    named = UUID(uuid7_named(NOW, "a"))

    assert (named.version, named.variant) == (7, "specified in RFC 4122")
    assert uuid7_named(NOW, "a") == str(named) != uuid7_named(NOW, "b")
