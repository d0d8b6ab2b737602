"""What is asked unasked: a schedule that is derived, and each nudge with its wording."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM check_in")  # derived anew, for everybody whose schedule is of old
    with op.batch_alter_table("check_in") as check_in:
        check_in.alter_column("goal_id", existing_type=sa.BigInteger(), nullable=True)
        check_in.add_column(sa.Column("on_date", sa.Date(), nullable=True))
    columns.index("check_in", "next_due_at")
    op.add_column(
        "person", sa.Column("schedule_version", sa.Integer(), nullable=False, server_default="0")
    )
    columns.index("person", "schedule_version")
    op.add_column("person", sa.Column("day_ends", sa.Time(), nullable=True))
    op.add_column("person", columns.when("hush_until", optional=True))
    op.add_column("goal", sa.Column("kept_since", sa.Date(), nullable=True))
    op.create_table(
        "nudge",
        columns.code("key", 96),
        columns.big("person_id"),
        columns.code("kind", 16),
        columns.code("wording", 32),
        sa.Column("on_date", sa.Date(), nullable=False),
        columns.code("turn_id", 36),
        columns.when("at"),
        columns.when("sent_at", optional=True),
        columns.when("answered_at", optional=True),
        columns.key("nudge", "key"),
        columns.within("nudge", "person_id", "person"),
    )
    columns.index("nudge", "person_id", "at")
    columns.index("nudge", "at")


def downgrade() -> None:
    op.drop_table("nudge")
    op.drop_column("person", "hush_until")
    op.drop_column("person", "day_ends")
    op.drop_column("goal", "kept_since")
    op.drop_index("ix_person_schedule_version", "person")
    op.drop_column("person", "schedule_version")
    op.drop_index("ix_check_in_next_due_at", "check_in")
    op.execute("DELETE FROM check_in")
    with op.batch_alter_table("check_in") as check_in:
        check_in.drop_column("on_date")
        check_in.alter_column("goal_id", existing_type=sa.BigInteger(), nullable=False)
