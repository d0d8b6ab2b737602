"""The outbox to Opik stays bounded, whatever Opik does; what that costs is counted."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from storage import opik_outbox
from storage.database import Database
from storage.opik_erasure import ERASURE, WAITING
from storage.opik_outbox import SCORES_KEPT, TRACES_KEPT, Backlog
from storage.people import Person
from storage.tables.tracing import OPIK_OUTBOX
from tests.storage.conftest import NOW

SECOND = timedelta(seconds=1)


def put(database: Database, ada: Person, at: datetime, *traces: str) -> None:
    """Put a trace, a rating of it and somebody's erasure into the outbox."""
    for trace in traces:
        erasure = {"key": trace, "kind": ERASURE, "trace_id": trace, "state": WAITING}
        database.write_now(lambda t, i=trace: opik_outbox.put_trace(t, ada, i, b"{}", at))
        database.write_now(lambda t, i=trace: opik_outbox.put_scores(t, ada, i, {"stars": 5}, at))
        order = insert(OPIK_OUTBOX).values(**erasure, created_at=at)
        database.write_now(lambda t, order=order: t.run(order))


def waiting(database: Database, kind: str) -> list[str]:
    found = database.read_now(lambda t: opik_outbox.waiting(t, 100))
    return [entry.trace_id for entry in found if entry.kind == kind]


def make_room(database: Database, now: datetime, most: int = 50_000) -> None:
    database.write_now(lambda t: opik_outbox.make_room(t, now, most))


def behind(database: Database) -> Backlog:
    return database.read_now(opik_outbox.backlog)


def test_beyond_the_cap_the_oldest_traces_go_and_are_counted(database: Database, ada: Person):
    put(database, ada, NOW, "1", "2", "3", "4", "5")

    make_room(database, NOW, most=3)
    make_room(database, NOW, most=2)

    assert waiting(database, "trace") == ["4", "5"]
    assert waiting(database, "scores") == waiting(database, "erasure") == ["1", "2", "3", "4", "5"]
    assert behind(database) == Backlog(waiting=12, oldest=NOW, refused=0, dropped=3)


def test_what_is_old_goes_scores_much_later_and_erasures_never(database: Database, ada: Person):
    put(database, ada, NOW, "1")

    make_room(database, NOW + TRACES_KEPT)
    assert waiting(database, "trace") == ["1"]
    make_room(database, NOW + TRACES_KEPT + SECOND)
    assert waiting(database, "trace") == []
    make_room(database, NOW + SCORES_KEPT)
    assert waiting(database, "scores") == ["1"]
    make_room(database, NOW + SCORES_KEPT + SECOND)

    assert waiting(database, "scores") == []
    assert waiting(database, "erasure") == ["1"]
    assert behind(database).dropped == 2


def test_what_was_refused_is_counted_without_its_words_and_one_day_forgotten(
    database: Database, ada: Person
):
    put(database, ada, NOW, "1")
    (entry, *_) = database.read_now(lambda t: opik_outbox.waiting(t, 100))
    database.write_now(lambda t: opik_outbox.refused(t, entry.id, "HTTP 400"))

    stays = select(OPIK_OUTBOX.c.payload).where(OPIK_OUTBOX.c.id == entry.id)
    assert database.read_now(lambda t: t.run(stays).scalar_one()) is None
    assert behind(database).refused == 1
    make_room(database, NOW + SCORES_KEPT + SECOND)

    assert behind(database).refused == 0
