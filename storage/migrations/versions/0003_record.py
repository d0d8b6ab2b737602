"""The record: messages, stars, scores and the ledger of the coach's calls."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_messages()
    create_ratings()
    create_evaluations()
    create_ledger()


def create_messages() -> None:
    op.create_table(
        "message",
        columns.code("key", 96),
        columns.big("person_id"),
        columns.code("direction", 3),
        columns.code("turn_id", 36),
        columns.big("telegram_id", optional=True),
        columns.code("object_kind", 16, optional=True),
        columns.code("object_id", 96, optional=True),
        columns.small("object_version", optional=True),
        columns.words("text"),
        columns.when("at"),
        columns.key("message", "key"),
        columns.within("message", "person_id", "person"),
    )
    columns.index("message", "person_id")
    columns.index("message", "turn_id")


def create_ratings() -> None:
    op.create_table(
        "rating",
        columns.big("person_id"),
        columns.code("object_kind", 16),
        columns.code("object_id", 96),
        columns.small("object_version"),
        columns.code("turn_id", 36),
        columns.small("stars"),
        columns.code("reason", 16, optional=True),
        columns.when("created_at"),
        columns.when("updated_at"),
        columns.key("rating", "person_id", "object_kind", "object_id", "object_version"),
        columns.within("rating", "person_id", "person"),
    )
    columns.index("rating", "turn_id")


def create_evaluations() -> None:
    op.create_table(
        "evaluation",
        columns.code("object_kind", 16),
        columns.code("object_id", 96),
        columns.small("object_version"),
        columns.code("source", 16),
        columns.code("dimension", 32),
        columns.big("person_id"),
        columns.code("turn_id", 36),
        sa.Column("score", sa.Float(), nullable=False),
        columns.words("reason"),
        columns.when("at"),
        columns.key(
            "evaluation", "object_kind", "object_id", "object_version", "source", "dimension"
        ),
        columns.within("evaluation", "person_id", "person"),
    )
    columns.index("evaluation", "person_id")
    columns.index("evaluation", "turn_id")


def create_ledger() -> None:
    op.create_table(
        "model_call",
        columns.number(),
        columns.big("person_id"),
        columns.code("turn_id", 36),
        columns.code("trace_id", 36, optional=True),
        columns.code("step", 32),
        columns.code("mode", 16),
        columns.code("model", 64, optional=True),
        columns.code("prompt_version", 64),
        columns.small("prompt_tokens"),
        columns.small("output_tokens"),
        columns.small("latency_ms"),
        columns.code("error", 64, optional=True),
        columns.when("at"),
        columns.key("model_call", "id"),
        columns.within("model_call", "person_id", "person"),
    )
    columns.index("model_call", "person_id")
    columns.index("model_call", "turn_id")


def downgrade() -> None:
    for table in ("model_call", "evaluation", "rating", "message"):
        op.drop_table(table)
