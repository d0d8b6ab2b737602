"""What a person sees and controls: style, AI wording, and facts about no goal in particular."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: copying the table and dropping the old one would erase all its rows' own.
    op.add_column("person", chosen("style", "balanced"))
    op.execute(
        "UPDATE person SET style = CASE tone"
        " WHEN 'plain' THEN 'firm' WHEN 'gentle' THEN 'gentle' ELSE 'balanced' END"
    )
    op.drop_column("person", "tone")
    wording = sa.Column("ai_wording", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("person", wording)
    with op.batch_alter_table("memory_fact") as fact:
        fact.alter_column("goal_id", existing_type=sa.BigInteger(), nullable=True)


def chosen(name: str, usual: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(16), nullable=False, server_default=usual)


def downgrade() -> None:
    op.execute("DELETE FROM memory_fact WHERE goal_id IS NULL")
    with op.batch_alter_table("memory_fact") as fact:
        fact.alter_column("goal_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_column("person", "ai_wording")
    op.add_column("person", chosen("tone", "warm"))
    op.execute(
        "UPDATE person SET tone = CASE style"
        " WHEN 'firm' THEN 'plain' WHEN 'gentle' THEN 'gentle' ELSE 'warm' END"
    )
    op.drop_column("person", "style")
