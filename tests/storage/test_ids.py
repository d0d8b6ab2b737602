from datetime import timedelta
from uuid import UUID

from storage import ids
from tests.storage.conftest import NOW


def test_an_id_is_a_positive_bigint():
    assert all(0 < ids.new() <= ids.LARGEST for _ in range(1000))


def test_ids_are_not_drawn_twice():
    assert len({ids.new() for _ in range(1000)}) == 1000


def test_a_turn_id_is_a_uuid_of_version_7():
    turn_id = UUID(ids.uuid7(NOW))

    assert (turn_id.version, turn_id.variant) == (7, "specified in RFC 4122")


def test_turn_ids_sort_by_time():
    earlier, later = ids.uuid7(NOW), ids.uuid7(NOW + timedelta(milliseconds=1))

    assert earlier < later
