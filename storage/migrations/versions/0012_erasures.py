"""Erasures to be finished in files, by a keyed hash."""

from alembic import op

from storage.migrations import columns

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        columns.code("tombstone", 64),
        columns.when("at"),
        columns.key("erasure", "tombstone"),
    )


def downgrade() -> None:
    op.drop_table("erasure")
