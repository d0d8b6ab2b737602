"""People and their conversations, and what is on its way in and out."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_people()
    create_conversations()
    create_inbox()
    create_outbox()


def create_people() -> None:
    op.create_table(
        "installation",
        columns.drawn(),
        columns.big("bot_id", optional=True),
        columns.big("owner_id", optional=True),
        columns.words("wrapped_key"),
        columns.when("created_at"),
        columns.key("installation", "id"),
    )
    op.create_table(
        "person",
        columns.number(),
        columns.code("public_id", 32),
        columns.big("chat_id"),
        columns.code("language", 16),
        columns.code("time_zone", 64, optional=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        columns.words("wrapped_key"),
        columns.when("created_at"),
        columns.key("person", "id"),
        columns.unique("person", "public_id"),
        columns.unique("person", "chat_id"),
        sqlite_autoincrement=True,
    )


def create_conversations() -> None:
    op.create_table(
        "conversation",
        columns.big("person_id"),
        columns.code("stage", 32),
        columns.words("draft"),
        columns.small("version"),
        columns.when("updated_at"),
        columns.key("conversation", "person_id"),
        columns.within("conversation", "person_id", "person"),
    )
    op.create_table(
        "consent",
        columns.number(),
        columns.big("person_id"),
        columns.code("version", 32),
        columns.when("given_at"),
        columns.key("consent", "id"),
        columns.within("consent", "person_id", "person"),
    )
    columns.index("consent", "person_id")


def create_inbox() -> None:
    op.create_table(
        "inbox",
        columns.number(),
        columns.code("source", 16),
        columns.code("key", 64),
        columns.big("chat_id"),
        columns.code("kind", 32),
        columns.words("body", optional=True),
        columns.code("state", 8),
        columns.small("attempts"),
        columns.when("not_before", optional=True),
        columns.code("reason", 64, optional=True),
        columns.when("received_at"),
        columns.when("done_at", optional=True),
        columns.key("inbox", "id"),
        columns.unique("inbox", "source", "key"),
    )
    columns.index("inbox", "state", "chat_id", "id")


def create_outbox() -> None:
    op.create_table(
        "outbox",
        columns.number(),
        columns.code("dedup_key", 96),
        columns.big("chat_id"),
        columns.code("lane", 8),
        columns.code("kind", 16),
        columns.words("payload", optional=True),
        columns.code("state", 8),
        columns.small("attempts"),
        columns.when("not_before", optional=True),
        columns.when("expires_at", optional=True),
        columns.big("message_id", optional=True),
        columns.code("reason", 64, optional=True),
        columns.when("created_at"),
        columns.when("done_at", optional=True),
        columns.key("outbox", "id"),
        columns.unique("outbox", "dedup_key"),
    )
    columns.index("outbox", "state", "lane", "id")
    columns.index("outbox", "chat_id", "state")


def downgrade() -> None:
    for table in ("outbox", "inbox", "consent", "conversation", "person", "installation"):
        op.drop_table(table)
