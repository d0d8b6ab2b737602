"""What Alembic runs for every command: our connection, one transaction a step.

SQLite can roll back DDL when BEGIN is sent by hand, which `storage.engines` does.
"""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=True,
    transactional_ddl=True,
)
context.run_migrations()
