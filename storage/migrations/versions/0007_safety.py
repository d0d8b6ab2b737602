"""Danger: holds by time and level, and chats turned away by a hash."""

from alembic import op

from storage.migrations import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hold",
        columns.number(),
        columns.big("person_id"),
        columns.code("level", 24),
        columns.when("at"),
        columns.when("ask_at", optional=True),
        columns.within("hold", "person_id", "person"),
    )
    columns.index("hold", "person_id")
    op.create_table(
        "turned_away",
        columns.code("chat", 64),
        columns.when("told_at"),
        columns.when("until"),
        columns.key("turned_away", "chat"),
    )


def downgrade() -> None:
    op.drop_table("turned_away")
    op.drop_table("hold")
