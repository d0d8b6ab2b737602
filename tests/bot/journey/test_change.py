"""What is said of a plan under way that was changed in somebody's words."""

from dataclasses import replace

from bot.journey import machine
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say
from bot.journey.found import GoalState, KnownGoal, PlanChanged
from bot.journey.stages import change
from coach.lived import Lived
from coach.plan_wishes import InWords
from coach.rules import changing, plan, resolution
from coach.values import Drafted, GoalType, GoalUnderstanding, Scores
from tests.bot.journey.lives import NOON, TODAY, TURN

HOME = Conversation(Stage.HOME, has_goal=True)
GYM = GoalUnderstanding(
    "gym", behaviour="go to the gym", activity="strength", goal_type=GoalType.HABIT, days=(0, 2, 4)
)


def told(*wishes: str) -> list[Text]:
    """Change a plan as wished one after the other; list what is said of the last change."""
    life, said = Lived(plan.build(GYM, resolution.build(GYM, TODAY), TODAY), GYM), Say(())
    for words in wishes:
        wish = InWords(words)
        work = changing.rework(life, wish, NOON)
        assert work is not None
        known = KnownGoal(1, "Gym", GoalState.ACTIVE, "gym", life.plan, life)
        made = Drafted(work, Scores({}, 8), "rules")
        found = PlanChanged(NOON, TURN, known, wish, change.ASKED, words, None, made)
        (said,) = (e for e in machine.advance(HOME, found).effects if isinstance(e, Say))
        life = replace(life, plan=work.plan, understanding=work.understanding)
    return [one for one in said.content if isinstance(one, Text)]


def test_more_that_comes_step_by_step_says_how_far_it_grows():
    first, second = told("make it 45 minutes")

    assert first.key == "change.next"
    assert (second.key, second.slots["amount"]) == ("change.grows", "45 min")


def test_what_is_as_big_as_wished_at_once_says_nothing_of_growing():
    assert [one.key for one in told("make it 20 minutes")] == ["change.next"]


def test_another_time_of_a_plan_that_grows_says_nothing_of_growing():
    assert [one.key for one in told("make it 45 minutes", "at 7am")] == ["change.next"]
