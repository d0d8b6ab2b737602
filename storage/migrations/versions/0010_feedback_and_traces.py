"""Turns, ratings by aspect, what goes to Opik, prompts on trial, and what operators are told."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MADE = ("resolution", "plan", "model_call")
WINDOWS = (
    ("turn", "at"),
    ("message", "at"),
    ("rating", "created_at"),
    ("evaluation", "at"),
    ("model_call", "at"),
)
OBJECT = ("person_id", "object_kind", "object_id", "object_version")


def upgrade() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.String(36), nullable=False),
        columns.big("person_id"),
        columns.code("source", 16),
        columns.code("outcome", 16),
        columns.code("error", 64, optional=True),
        columns.code("trace_id", 36, optional=True),
        columns.small("took_ms"),
        columns.small("trace_us", optional=True),
        columns.when("at"),
        columns.key("turn", "id"),
        columns.within("turn", "person_id", "person"),
    )
    columns.index("turn", "person_id")
    for table in MADE:
        op.add_column(table, perhaps("variant", 64))
    op.add_column("message", columns.when("sent_at", optional=True))
    op.add_column("feedback", columns.code("object_kind", 16, optional=True))
    op.add_column("feedback", columns.code("object_id", 96, optional=True))
    op.add_column("feedback", columns.small("object_version", optional=True))
    rebuild_ratings()
    opik()
    trials()
    watching()
    for table, moment in WINDOWS:
        columns.index(table, moment)


def perhaps(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def rebuild_ratings() -> None:
    """Give ratings an aspect in their key, and the pedigree of what they are about."""
    op.alter_column("rating", "stars", new_column_name="value")
    with op.batch_alter_table("rating") as rating:
        rating.add_column(
            sa.Column("aspect", sa.String(16), nullable=False, server_default="stars")
        )
        rating.add_column(columns.code("trace_id", 36, optional=True))
        rating.add_column(perhaps("mode", 16))
        rating.add_column(perhaps("prompt_version", 64))
        rating.add_column(perhaps("variant", 64))
        rating.drop_constraint("pk_rating", type_="primary")
        rating.create_primary_key("pk_rating", [*OBJECT, "aspect"])


def opik() -> None:
    op.create_table(
        "opik_outbox",
        columns.number(),
        columns.code("key", 36),
        columns.big("person_id", optional=True),
        columns.code("kind", 16),
        columns.code("trace_id", 36),
        columns.words("payload", optional=True),
        columns.code("state", 8),
        columns.code("reason", 64, optional=True),
        columns.when("created_at"),
        columns.unique("opik_outbox", "key"),
        columns.within("opik_outbox", "person_id", "person"),
    )
    columns.index("opik_outbox", "person_id")
    columns.index("opik_outbox", "state", "id")
    op.create_table(
        "counter",
        columns.code("name", 32),
        columns.big("value"),
        columns.key("counter", "name"),
    )


def trials() -> None:
    op.create_table(
        "experiment_assignment",
        columns.big("person_id"),
        columns.code("experiment", 32),
        columns.code("variant", 31),
        columns.when("assigned_at"),
        columns.key("experiment_assignment", "person_id", "experiment"),
        columns.within("experiment_assignment", "person_id", "person"),
    )
    op.create_table(
        "variant_stop",
        columns.code("experiment", 32),
        columns.code("variant", 31),
        columns.code("reason", 32),
        columns.when("stopped_at"),
        columns.key("variant_stop", "experiment", "variant"),
    )


def watching() -> None:
    op.create_table(
        "alert",
        columns.code("cause", 80),
        columns.when("since"),
        columns.when("told_at", optional=True),
        columns.when("over_at", optional=True),
        columns.key("alert", "cause"),
    )


def downgrade() -> None:
    for table, moment in reversed(WINDOWS):
        op.drop_index(f"ix_{table}_{moment}", table)
    for table in ("alert", "variant_stop", "experiment_assignment", "counter", "opik_outbox"):
        op.drop_table(table)
    restore_ratings()
    for name in ("object_version", "object_id", "object_kind"):
        op.drop_column("feedback", name)
    op.drop_column("message", "sent_at")
    for table in reversed(MADE):
        op.drop_column(table, "variant")
    op.drop_table("turn")


def restore_ratings() -> None:
    op.execute("DELETE FROM rating WHERE aspect <> 'stars'")
    with op.batch_alter_table("rating") as rating:
        rating.drop_constraint("pk_rating", type_="primary")
        rating.create_primary_key("pk_rating", list(OBJECT))
        for name in ("variant", "prompt_version", "mode", "trace_id", "aspect"):
            rating.drop_column(name)
    op.alter_column("rating", "value", new_column_name="stars")
