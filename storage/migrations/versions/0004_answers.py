"""How planned days went, and what people told along the way."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_answers()
    create_facts()


def create_answers() -> None:
    op.create_table(
        "check_in_answer",
        columns.big("goal_id"),
        sa.Column("on_date", sa.Date(), nullable=False),
        columns.small("place"),
        columns.big("person_id"),
        columns.code("state", 8),
        columns.code("reason", 4, optional=True),
        columns.words("note", optional=True),
        columns.words("amount", optional=True),
        columns.code("turn_id", 36),
        columns.when("answered_at"),
        columns.small("version"),
        columns.key("check_in_answer", "goal_id", "on_date", "place"),
        columns.within("check_in_answer", "goal_id", "goal"),
        columns.within("check_in_answer", "person_id", "person"),
    )
    columns.index("check_in_answer", "person_id")


def create_facts() -> None:
    op.create_table(
        "memory_fact",
        columns.drawn(),
        columns.big("person_id"),
        columns.big("goal_id"),
        columns.code("kind", 16),
        columns.words("body"),
        columns.code("turn_id", 36),
        columns.when("told_at"),
        columns.key("memory_fact", "id"),
        columns.within("memory_fact", "person_id", "person"),
        columns.within("memory_fact", "goal_id", "goal"),
    )
    columns.index("memory_fact", "person_id")
    columns.index("memory_fact", "goal_id")


def downgrade() -> None:
    for table in ("memory_fact", "check_in_answer"):
        op.drop_table(table)
