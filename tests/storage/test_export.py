import json
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from storage import export, personal
from storage.columns import Sealed
from storage.database import Database
from storage.people import Person
from storage.personal import OwnerlessTableError
from tests.storage import test_people


def exported(database: Database, person: Person) -> dict[str, Any]:
    return database.read_now(lambda transaction: export.of(transaction, person))


@pytest.fixture
def filled(database: Database, ada: Person, bob: Person) -> dict[str, Any]:
    database.write_now(lambda transaction: test_people.fill(transaction, ada))
    database.write_now(lambda transaction: test_people.fill(transaction, bob))
    return exported(database, ada)


def test_every_table_that_holds_peoples_rows_is_exported(filled: dict[str, Any]):
    assert set(filled) == {table.name for table in personal.tables()}
    assert all(filled.values())


def test_every_sealed_column_is_exported_in_clear(filled: dict[str, Any]):
    sealed = {
        (table.name, column.name)
        for table in personal.tables()
        for column in table.c
        if isinstance(column.type, Sealed)
    }
    shown = {(table, name) for table, rows in filled.items() for row in rows for name in row}

    assert sealed <= shown
    assert filled["goal"][0]["understanding"]["text"].endswith("canary-goal")
    assert {row["text"] for row in filled["message"]} == {"canary-said", "canary-shown"}


def test_an_export_is_json(filled: dict[str, Any]):
    assert json.loads(json.dumps(filled)) == filled


def test_an_export_holds_nothing_of_others_and_no_key(
    database: Database, filled: dict[str, Any], ada: Person, bob: Person
):
    text = json.dumps(filled)

    assert ada.public_id in text
    assert bob.public_id not in text
    assert "wrapped_key" not in text
    assert {row["person_id"] for row in filled["goal"]} == {ada.id}


def test_a_table_without_an_owner_is_refused(ada: Person):
    loose = Table("loose", MetaData(), Column("id", Integer, primary_key=True))

    with pytest.raises(OwnerlessTableError):
        personal.rows_of(loose, ada)
