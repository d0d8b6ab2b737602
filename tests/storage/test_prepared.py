"""Prepared statements: what SQLAlchemy itself would have written, or a refusal."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Dialect, UpdateBase, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import people
from storage.database import Database
from storage.prepared import prepared
from storage.tables.people import PERSON
from storage.tables.record import TURN
from storage.transaction import Transaction
from tests.storage.conftest import NOW

ELSEWHERE = datetime(2026, 11, 27, 12, 30, 15, 250_000, timezone(timedelta(hours=5, minutes=30)))
ROW: dict[str, Any] = {
    "source": "telegram",
    "outcome": "answered",
    "error": "50 % of it's: done",
    "trace_id": None,
    "took_ms": 7,
    "at": ELSEWHERE,
}
PUT = insert(TURN).inline()
LENGTHEN = (
    update(TURN)
    .where(TURN.c.id == bindparam("turn"), TURN.c.source == "telegram")
    .values(took_ms=TURN.c.took_ms + bindparam("more"), at=bindparam("now"))
)
LENGTHEN_AND_TELL = LENGTHEN.returning(TURN.c.took_ms, TURN.c.at)


def test_what_is_written_is_what_sqlalchemy_writes(database: Database):
    def written(transaction: Transaction) -> list[tuple[Any, ...]]:
        row = ROW | {"person_id": people.create(transaction, 7, "en", NOW).id}
        transaction.run(PUT, [{**row, "id": "1"}, {**row, "id": "2"}])
        assert transaction.change(PUT, {**row, "id": "3"}, {**row, "id": "4"}) == 2
        for turn in ("1", "3"):
            changed = {"turn": turn, "more": 5, "now": ELSEWHERE + timedelta(days=1)}
            by_us = turn == "3"
            transaction.change(LENGTHEN, changed) if by_us else transaction.run(LENGTHEN, changed)
        rows = transaction.run(select(TURN).order_by(TURN.c.id)).all()
        return [tuple(row)[1:] for row in rows]

    lengthened, plain, lengthened_by_us, plain_by_us = database.write_now(written)

    assert (lengthened_by_us, plain_by_us) == (lengthened, plain)
    assert lengthened != plain


def test_what_is_read_is_what_sqlalchemy_reads(database: Database):
    told = select(TURN, PERSON.c.reachable, PERSON.c.wrapped_key).join_from(TURN, PERSON)
    asked = told.where(TURN.c.took_ms == bindparam("took")).order_by(TURN.c.id)

    def read(transaction: Transaction) -> tuple[list[Any], list[Any]]:
        row = ROW | {"person_id": people.create(transaction, 7, "en", NOW).id}
        transaction.change(PUT, {**row, "id": "1"}, {**row, "id": "2", "error": None})
        by_us = transaction.rows(asked, {"took": 7})
        by_sqlalchemy = transaction.run(asked, {"took": 7}).all()
        return [one._asdict() for one in by_us], [one._asdict() for one in by_sqlalchemy]

    by_us, by_sqlalchemy = database.write_now(read)

    assert by_us == by_sqlalchemy
    assert [one["error"] for one in by_us] == [ROW["error"], None]
    assert by_us[0]["at"] == ELSEWHERE


def test_what_changes_rows_brings_them(database: Database):
    def write(transaction: Transaction) -> list[Any]:
        row = ROW | {"person_id": people.create(transaction, 7, "en", NOW).id}
        transaction.change(PUT, {**row, "id": "1"})
        return transaction.rows(LENGTHEN_AND_TELL, {"turn": "1", "more": 5, "now": ELSEWHERE})

    (brought,) = database.write_now(write)

    assert (brought.took_ms, brought.at) == (12, ELSEWHERE)


def test_what_changes_nothing_counts_nothing(database: Database):
    changed = {"turn": "nobody's", "more": 5, "now": ELSEWHERE}

    assert database.write_now(lambda t: t.change(LENGTHEN, changed)) == 0


UNFIT = {
    "a default of Python's": (insert(PERSON).inline(), ("id", "chat_id"), "reminders"),
    "a list": (update(TURN).where(TURN.c.id.in_(["1"])), (), "lists"),
    "a missing value": (LENGTHEN, ("turn", "more"), "missing.*now"),
    "a value too many": (LENGTHEN, ("turn", "more", "now", "then"), "nothing asks.*then"),
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "pg"])
def test_what_cannot_be_worked_out_once_is_refused(
    dialect: Dialect, unfit: tuple[UpdateBase, tuple[str, ...], str]
):
    statement, names, told = unfit
    with pytest.raises(ValueError, match=told):
        prepared(statement, names, dialect)
