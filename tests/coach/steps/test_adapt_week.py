import json
from typing import Any

import pytest

from coach.coach import Coach
from coach.llm.budget import Mode
from coach.llm.errors import ModelError, UnavailableError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.rules import plan, resolution
from coach.rules.courses import Course
from coach.steps.adapt_week import STEP
from coach.values import Progress
from coach.weeks import Day, DayState, KeptWeek, Review
from tests.coach import goals
from tests.coach.goals import TODAY
from tests.coach.llm.providers import Purse

FACTS = Progress(activity="running", minimum="walk for 5 minutes", action="put my shoes on")
MADE = plan.build(goals.RUN, resolution.build(goals.RUN, TODAY), TODAY)
STATES = (DayState.DONE, DayState.MISSED)
DAYS = tuple(
    Day(one.on, state, "ti" if state is DayState.MISSED else None)
    for one, state in zip(MADE.weeks[0].sessions, STATES, strict=False)
)
COURSE = Course(MADE, goals.RUN, (KeptWeek(1, DAYS, spare_days=MADE.spare_days),))
GOOD = {
    "looked_back": "Wednesday went well, and that was your own doing.",
    "in_the_way": "Tiredness came by once.",
    "proposal": "For week 2 the next step: 3 × 12 min.",
}


async def reviewed(
    *said: str | ModelError, purse: Purse | None = None
) -> tuple[Review, ScriptedModel]:
    model = ScriptedModel(said)
    model.name = "gemini"  # whose calls cost something
    return await Coach(ModelService(model, budget=purse)).review_week(COURSE, FACTS), model


async def by_rules() -> Review:
    return await Coach().review_week(COURSE, FACTS)


async def test_the_lines_of_a_review_are_worded_and_its_figures_stay():
    rule = await by_rules()

    made, model = await reviewed(json.dumps(GOOD))

    assert made.lines == (rule.lines[0], *GOOD.values())
    assert (made.worked, made.in_the_way) == (GOOD["looked_back"], GOOD["in_the_way"])
    assert made.proposal == rule.proposal
    assert model.requests[0].data == {
        "draft": {
            "looked_back": rule.worked,
            "in_the_way": rule.in_the_way,
            "proposal": rule.lines[-1],
        },
        "done": 1,
        "planned": 2,
        "small": 0,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"in_the_way": None},
        {"looked_back": "Five sessions went well."},
        {"looked_back": "You did 3 of 2."},
        {"looked_back": "El miércoles fue muy bien y eso lo hiciste tú."},
        {"looked_back": "Wednesday went well, so stop being lazy."},
        {"in_the_way": "null"},
        {"in_the_way": "Tiredness, tiredness, tiredness, tiredness."},
        {"in_the_way": "Tiredness came by once, did it not?"},
        {"in_the_way": "Tiredness, see www.sleep.example.com"},
        {"proposal": "For week 2 the next step."},
        {"proposal": "For week 2 the next step: 3 × 15 min."},
        {"proposal": "**For week 2** the next step: 3 × 12 min."},
        {"proposal": "For week 2 the next step: 3 × 12 min, which I promise you keep."},
        {"proposal": ""},
        {"more": "of it"},
    ],
    ids=str,
)
async def test_a_wording_against_the_rules_is_never_shown(wrong: dict[str, Any]):
    made, _ = await reviewed(json.dumps({**GOOD, **wrong}))

    assert made == await by_rules()


@pytest.mark.parametrize("said", ["{", "Well done!", UnavailableError()], ids=str)
async def test_without_a_usable_answer_the_rules_stand(said: str | ModelError):
    made, _ = await reviewed(*[said] * 4)

    assert made == await by_rules()


@pytest.mark.parametrize(
    ("mode", "asked"), [(Mode.MODEL, 1), (Mode.SPARING, 0), (Mode.SPENT, 0)], ids=str
)
async def test_a_month_that_is_nearly_spent_is_not_for_weekly_words(mode: Mode, asked: int):
    made, model = await reviewed(json.dumps(GOOD), purse=Purse(1_000_000, mode_now=mode))

    assert len(model.requests) == asked
    assert (made == await by_rules()) is not bool(asked)


def test_the_step_asks_for_no_more_than_it_may():
    assert STEP.most_tokens == 220
