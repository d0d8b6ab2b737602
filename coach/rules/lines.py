"""The first line of a resolution, by the kind of goal."""

from coach.rules.goal import Goal
from coach.rules.sentences import habit, outcome, project, quitting
from coach.rules.sentences.parts import Sentence
from coach.values import GoalType

_WRITERS = {
    GoalType.HABIT: habit.write,
    GoalType.OUTCOME: outcome.write,
    GoalType.PROJECT: project.write,
    GoalType.QUIT: quitting.write,
}


def write(goal: Goal) -> Sentence:
    """Write the sentence that fits the kind of goal; an unknown kind is a habit."""
    return _WRITERS[goal.u.goal_type or GoalType.HABIT](goal)
