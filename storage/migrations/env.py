"""What Alembic runs for every command: our connection, one transaction a step.

SQLite can roll back DDL when BEGIN is sent by hand, which `storage.engines` does.
"""

from typing import Any

from alembic import context

from storage.failpoints import failpoint
from storage.tables import METADATA


def _stepped(*_: Any, **__: Any) -> None:
    failpoint("migrate.step")  # taken, not yet committed


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=True,
    transactional_ddl=True,
    on_version_apply=_stepped,
)
context.run_migrations()
