"""Access and activity: invitations, who came in by them, and when somebody was last heard."""

from alembic import op

from storage.migrations import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        columns.code("code_hash", 64),
        columns.small("uses_left"),
        columns.big("made_by", optional=True),
        columns.when("created_at"),
        columns.when("expires_at"),
        columns.key("invitation", "code_hash"),
    )
    op.create_table(
        "admitted",
        columns.big("user_id"),
        columns.when("at"),
        columns.key("admitted", "user_id"),
    )
    op.add_column("person", columns.when("heard_at", optional=True))
    op.add_column("person", columns.when("warned_at", optional=True))
    op.execute(
        "UPDATE person SET heard_at = COALESCE("
        "(SELECT updated_at FROM conversation WHERE conversation.person_id = person.id),"
        " created_at)"
    )


def downgrade() -> None:
    # Not in a batch: that would copy the table, and dropping the old one erases all its rows' own.
    op.drop_column("person", "warned_at")
    op.drop_column("person", "heard_at")
    op.drop_table("admitted")
    op.drop_table("invitation")
