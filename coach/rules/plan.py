"""The plan: the weeks from here to the review, with what keeps them honest."""

from dataclasses import replace
from datetime import date

from coach import formats
from coach.rules import amounts, paces, races, steep
from coach.rules import goal as goals
from coach.rules import resolution as resolutions
from coach.rules.goal import Goal
from coach.rules.plans import frame, habit, outcome, project, quitting
from coach.rules.plans.frame import Frame
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Resolution, Week

REVIEW_DAY = 6
_NEARLY = 0.75  # of the distance in training carries through the race
_SPARE_FROM = 4  # sessions a week
_WEEKS = {
    GoalType.HABIT: habit.weeks,
    GoalType.OUTCOME: outcome.weeks,
    GoalType.PROJECT: project.weeks,
    GoalType.QUIT: quitting.weeks,
}


def build(u: GoalUnderstanding, resolution: Resolution, today: date) -> Plan:
    """Plan the weeks of a goal whose resolution was agreed."""
    goal = goals.of(u, today)
    u = goal.u
    # Day, time and obstacle are often named after the resolution: the if-thens follow them, and
    # a model's words for the cue hold as long as it stays the same.
    fresh = resolutions.build(u, today)
    start = resolution if resolution.reworded == (fresh.cue, fresh.action) else fresh
    layout = frame.of(goal)
    weeks = _WEEKS[u.goal_type or GoalType.HABIT](goal, layout)
    too_steep = steep.note(goal, layout.left)
    weeks = steep.looked_at(weeks, goal) if too_steep else weeks
    weeks = _marked(weeks, u, layout)
    return Plan(
        weeks=weeks,
        minimum=u.minimum or resolution.minimum,
        cue=start.cue,
        action=start.action,
        first_step=resolution.first_step,
        first_step_by=resolution.first_step_by,
        review_on=REVIEW_DAY,
        obstacle_if=fresh.obstacle_if,
        obstacle_then=fresh.obstacle_then,
        spare_days=int(len(weeks[0].sessions) >= _SPARE_FROM and u.goal_type is not GoalType.QUIT),
        buffer_days=frame.buffer_days(goal, layout),
        deadline=layout.deadline,
        notes=(*_notes(goal, resolution, layout), *((too_steep,) if too_steep else ())),
        ideas=u.ideas,
    )


def _marked(weeks: tuple[Week, ...], u: GoalUnderstanding, layout: Frame) -> tuple[Week, ...]:
    """Spread proposed milestones over the weeks of work; a week keeps one that it has.

    Open-ended weeks with figures have none: their figures may still move.
    """
    marks = u.ideas.milestones
    if not marks or (layout.deadline is None and any(week.figure for week in weeks)):
        return weeks
    work = min(layout.work, len(weeks))
    after = {-(-work * n // len(marks)): mark for n, mark in enumerate(marks, 1)}
    return tuple(
        replace(week, milestone=week.milestone or after.get(week.number)) for week in weeks
    )


def _notes(goal: Goal, resolution: Resolution, layout: Frame) -> tuple[str, ...]:
    """Tell the truth that belongs to this kind of plan, and the health note."""
    t, u = goal.t, goal.u
    notes = [resolution.note] if resolution.note else []
    race = races.of(u, goal.settled)
    if race and layout.deadline:
        whole = max(1, layout.left - paces.buffer_weeks(u.goal_type, layout.left))
        longest = max(races.weekly(race, goal.settled, whole))
        size = amounts.said(Quantity(longest, race.unit), t)
        notes += [t("note.reaches", amount=size)] if longest < race.longest * _NEARLY else []
    if u.goal_type is GoalType.HABIT and layout.deadline is None and not notes:
        notes.append(t("note.habit_time"))
    if u.ideas.resources:
        listed = formats.listed(list(u.ideas.resources), t.language)
        notes.append(t("note.resources", resources=listed))
    return tuple(notes)
