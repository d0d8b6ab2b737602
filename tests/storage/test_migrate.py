from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import engines, location, migrate
from storage.tables import METADATA
from tests.storage.conftest import NOW


@pytest.fixture
def engine(url: str, tmp_path: Path) -> Generator[Engine, None, None]:
    (tmp_path / "data").mkdir()
    engine = engines.writing(location.parse(url))
    yield engine
    engine.dispose()


def step_to(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        migrate.step_to(connection, revision)


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_every_step_goes_up_and_down_and_up_again(engine: Engine):
    steps = [f"{number:04}" for number in range(1, int(migrate.head()) + 1)]
    heights = list[set[str]]()
    for step in steps:
        step_to(engine, step)
        heights.append(tables(engine))
    for step, height in reversed(list(zip(steps, heights, strict=True))):
        step_to(engine, step)
        assert tables(engine) == height
    step_to(engine, "base")
    assert tables(engine) == set()

    step_to(engine, migrate.head())

    assert tables(engine) == set(METADATA.tables)


def test_the_migrated_schema_equals_the_models(engine: Engine):
    step_to(engine, migrate.head())

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_history_has_one_head_and_we_know_it(engine: Engine):
    with engine.connect() as connection:
        history = ScriptDirectory.from_config(migrate.config(connection))

    assert history.get_heads() == [migrate.head()]


def test_a_step_that_fails_leaves_nothing_behind(engine: Engine):
    step_to(engine, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE rating (id INTEGER)")
    before = tables(engine)

    with pytest.raises(DBAPIError):
        step_to(engine, "0003")

    assert tables(engine) == before
    assert current(engine) == "0002"


def test_steps_before_the_one_that_fails_are_kept(engine: Engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE rating (id INTEGER)")

    with pytest.raises(DBAPIError):
        step_to(engine, "0003")

    assert current(engine) == "0002"


@pytest.mark.parametrize(
    ("tone", "style"), [("warm", "balanced"), ("plain", "firm"), ("gentle", "gentle")]
)
def test_a_tone_that_was_chosen_becomes_a_style_and_back(engine: Engine, tone: str, style: str):
    step_to(engine, "0008")
    person = text(
        "INSERT INTO person"
        " (public_id, chat_id, language, reachable, wrapped_key, created_at, tone)"
        " VALUES ('ada', 7, 'en', true, :key, '2026-01-01 00:00:00+00:00', :tone)"
    )
    with engine.begin() as connection:
        connection.execute(person, {"key": b"key", "tone": tone})

    step_to(engine, "0009")

    assert value(engine, "style") == style
    step_to(engine, "0008")
    assert value(engine, "tone") == tone


def value(engine: Engine, column: str) -> str:
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM person").mappings().one()
    return row[column]


def current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return migrate.current(connection)


def test_an_empty_database_has_no_revision(engine: Engine):
    assert current(engine) is None


def test_a_database_with_rows_is_copied_before_a_step(sqlite_url: str, tmp_path: Path):
    (tmp_path / "data").mkdir()
    engine = engines.writing(location.parse(sqlite_url))
    step_to(engine, "0002")
    engine.dispose()

    migrate.upgrade(location.parse(sqlite_url), NOW)

    copies = [path.name for path in (tmp_path / "data").glob("*.backup")]
    assert copies == ["rein.db.0002-20261123T090000Z.backup"]


def test_a_new_database_is_not_copied(sqlite_url: str, tmp_path: Path):
    (tmp_path / "data").mkdir()

    migrate.upgrade(location.parse(sqlite_url), NOW)

    assert list((tmp_path / "data").glob("*.backup")) == []


def test_copies_are_forgotten_after_a_while(tmp_path: Path):
    url = location.parse(f"sqlite:///{tmp_path / 'rein.db'}")
    old, young = (
        tmp_path / f"rein.db.0002-{day}T090000Z.backup" for day in ("20261101", "20261120")
    )
    old.touch()
    young.touch()

    migrate.forget_copies(url, NOW - timedelta(days=14))

    assert [path for path in (old, young) if path.exists()] == [young]
