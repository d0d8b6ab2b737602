"""Who works on an item, and until when nobody else may."""

from alembic import op

from storage.migrations import columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", columns.code("worker", 36, optional=True))
    op.add_column("inbox", columns.when("leased_until", optional=True))


def downgrade() -> None:
    op.drop_column("inbox", "leased_until")
    op.drop_column("inbox", "worker")
