"""What is asked unasked: a schedule that is derived, and each nudge with its wording."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def create_check_ins(*others: sa.schema.SchemaItem) -> None:
    op.create_table(
        "check_in",
        columns.number(),
        columns.big("person_id"),
        columns.code("kind", 16),
        sa.Column("local_time", sa.Time(), nullable=False),
        columns.code("weekdays", 7),
        columns.code("time_zone", 64),
        columns.when("next_due_at", optional=True),
        columns.when("created_at"),
        columns.key("check_in", "id"),
        columns.within("check_in", "person_id", "person"),
        *others,
    )
    columns.index("check_in", "person_id")


def upgrade() -> None:
    op.drop_table("check_in")  # its rows are derived anew for everybody
    create_check_ins(sa.Column("on_date", sa.Date(), nullable=True))
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
    op.drop_table("check_in")
    create_check_ins(columns.big("goal_id"), columns.within("check_in", "goal_id", "goal"))
    columns.index("check_in", "goal_id")
