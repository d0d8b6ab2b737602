"""What people prefer, which goal comes first, and what they say about the bot."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMES = (
    "quiet_from", "quiet_until", "check_in", "reminders", "tone", "review_day", "zone_ask_at",
    "paused_at", "paused_until",
)  # fmt: skip


def upgrade() -> None:
    add_preferences()
    op.add_column("goal", columns.small("place", optional=True))
    create_feedback()


def add_preferences() -> None:
    for column in (
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        columns.code("check_in", 8, optional=True),
        sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("tone", sa.String(16), nullable=False, server_default="warm"),
        columns.small("review_day", optional=True),
        columns.when("zone_ask_at", optional=True),
        columns.when("paused_at", optional=True),
        columns.when("paused_until", optional=True),
    ):
        op.add_column("person", column)


def create_feedback() -> None:
    op.create_table(
        "feedback",
        columns.drawn(),
        columns.big("person_id"),
        columns.words("body"),
        columns.code("turn_id", 36),
        columns.when("told_at"),
        columns.key("feedback", "id"),
        columns.within("feedback", "person_id", "person"),
    )
    columns.index("feedback", "person_id")


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_column("goal", "place")
    for name in reversed(NAMES):
        op.drop_column("person", name)
