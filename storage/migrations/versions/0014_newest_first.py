"""Newcomers by when they came, and what somebody said by when it was said."""

from alembic import op

from storage.migrations import columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns.index("person", "created_at")
    columns.index("message", "person_id", "at")
    op.drop_index("ix_message_person_id", "message")


def downgrade() -> None:
    columns.index("message", "person_id")
    op.drop_index("ix_message_person_id_at", "message")
    op.drop_index("ix_person_created_at", "person")
