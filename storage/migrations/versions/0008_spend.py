"""Spend: what calls of a model cost, and what the ledger needs to say why."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COUNTS = ("cached_tokens", "thinking_tokens", "attempts", "chunks")


def upgrade() -> None:
    op.create_table(
        "spend",
        columns.code("scope", 32),
        sa.Column("since", sa.Date(), nullable=False),
        columns.big("person_id", optional=True),
        columns.big("used"),
        columns.big("reserved"),
        columns.key("spend", "scope", "since"),
        columns.within("spend", "person_id", "person"),
    )
    columns.index("spend", "person_id")
    op.add_column("model_call", columns.code("provider", 32, optional=True))
    for name in COUNTS:
        op.add_column("model_call", counted(name, sa.Integer()))
    op.add_column("model_call", counted("micro_usd", sa.BigInteger()))
    op.add_column("model_call", columns.small("first_token_ms", optional=True))
    op.add_column("model_call", columns.code("finish", 16, optional=True))


def counted(name: str, kind: sa.Integer) -> sa.Column[int]:
    return sa.Column(name, kind, nullable=False, server_default="0")


def downgrade() -> None:
    for name in ("finish", "first_token_ms", "micro_usd", *reversed(COUNTS), "provider"):
        op.drop_column("model_call", name)
    op.drop_table("spend")
