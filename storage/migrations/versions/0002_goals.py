"""Goals: resolutions, plans week by week, check-ins, and what changed."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_goals()
    create_drafts("resolution")
    create_drafts("plan")
    create_weeks()
    create_check_ins()
    create_changes()


def create_goals() -> None:
    op.create_table(
        "goal",
        columns.drawn(),
        columns.big("person_id"),
        columns.code("state", 16),
        columns.words("understanding"),
        columns.when("created_at"),
        columns.when("updated_at"),
        columns.key("goal", "id"),
        columns.within("goal", "person_id", "person"),
    )
    columns.index("goal", "person_id")


def create_drafts(table: str) -> None:
    op.create_table(
        table,
        columns.big("goal_id"),
        columns.small("version"),
        columns.big("person_id"),
        columns.words("body"),
        columns.code("mode", 16),
        columns.code("prompt_version", 64),
        columns.code("turn_id", 36),
        columns.code("trace_id", 36, optional=True),
        columns.when("created_at"),
        columns.key(table, "goal_id", "version"),
        columns.within(table, "goal_id", "goal"),
        columns.within(table, "person_id", "person"),
    )
    columns.index(table, "person_id")
    columns.index(table, "turn_id")


def create_weeks() -> None:
    op.create_table(
        "plan_week",
        columns.drawn(),
        columns.big("goal_id"),
        columns.small("plan_version"),
        columns.small("number"),
        sa.Column("start", sa.Date(), nullable=False),
        columns.words("body"),
        columns.key("plan_week", "id"),
        sa.ForeignKeyConstraint(
            ["goal_id", "plan_version"],
            ["plan.goal_id", "plan.version"],
            name="fk_plan_week_goal_id_plan_version",
            ondelete="CASCADE",
        ),
    )
    columns.index("plan_week", "goal_id", "plan_version")
    op.create_table(
        "plan_session",
        columns.drawn(),
        columns.big("week_id"),
        columns.small("position"),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Time(), nullable=True),
        columns.words("body"),
        columns.key("plan_session", "id"),
        columns.within("plan_session", "week_id", "plan_week"),
    )
    columns.index("plan_session", "week_id")


def create_check_ins() -> None:
    op.create_table(
        "check_in",
        columns.number(),
        columns.big("person_id"),
        columns.big("goal_id"),
        columns.code("kind", 16),
        sa.Column("local_time", sa.Time(), nullable=False),
        columns.code("weekdays", 7),
        columns.code("time_zone", 64),
        columns.when("next_due_at", optional=True),
        columns.when("created_at"),
        columns.key("check_in", "id"),
        columns.within("check_in", "person_id", "person"),
        columns.within("check_in", "goal_id", "goal"),
    )
    columns.index("check_in", "person_id")
    columns.index("check_in", "goal_id")


def create_changes() -> None:
    op.create_table(
        "change",
        columns.drawn(),
        columns.big("person_id"),
        columns.big("goal_id"),
        columns.code("trigger", 32),
        columns.words("evidence"),
        columns.words("before"),
        columns.words("after"),
        columns.code("turn_id", 36),
        columns.when("changed_at"),
        columns.key("change", "id"),
        columns.within("change", "person_id", "person"),
        columns.within("change", "goal_id", "goal"),
    )
    columns.index("change", "person_id")
    columns.index("change", "goal_id")


def downgrade() -> None:
    for table in ("change", "check_in", "plan_session", "plan_week", "plan", "resolution", "goal"):
        op.drop_table(table)
