from datetime import time, timedelta

from storage import check_ins
from storage.check_ins import CheckIn
from storage.database import Database
from storage.people import Person
from tests.storage.conftest import NOW

DAILY = frozenset(range(7))
HOUR = timedelta(hours=1)


def check_in(kind: str, late: timedelta) -> CheckIn:
    return CheckIn(kind, time(9), "UTC", DAILY, next_due_at=NOW - late)


def test_what_is_due_comes_longest_waiting_first_and_goes_when_moved(
    database: Database, ada: Person
) -> None:
    now_due, waiting, later = (
        check_in("session", HOUR * 0), check_in("review", HOUR), check_in("lapse", -HOUR)
    )  # fmt: skip
    database.write_now(lambda t: check_ins.settle(t, ada, [now_due, waiting, later], NOW))

    waits = database.read_now(lambda t: check_ins.waiting(t, NOW, 10))
    due = database.write_now(lambda t: check_ins.due(t, NOW, waits))

    assert [one.check_in for one in due] == [waiting, now_due]
    assert {(one.person_id, one.chat_id) for one in due} == {(ada.id, ada.chat_id)}
    assert [one.id for one in due] == waits
    assert database.read_now(lambda t: check_ins.waiting(t, NOW, 1)) == waits[:1]

    database.write_now(
        lambda t: check_ins.move(t, [(due[0].id, NOW + 2 * HOUR), (due[1].id, None)])
    )

    assert database.read_now(lambda t: check_ins.waiting(t, NOW, 10)) == []
    assert database.write_now(lambda t: check_ins.due(t, NOW, waits)) == []
    assert database.read_now(check_ins.earliest) == NOW + HOUR
