import json
from datetime import UTC, datetime
from typing import Any

import pytest

from coach.coach import Coach
from coach.llm.errors import BlockedError, UnavailableError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.values import Domain, GoalType

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TEXT = "get somewhere with my bonsai trees, for the joy of it"


async def read(text: str = TEXT, **said: Any):
    model = ScriptedModel([json.dumps(said)])
    made = await Coach(ModelService(model)).preprocess_goal(text, now=NOW)
    return made, model, await Coach().preprocess_goal(text, now=NOW)


async def test_what_the_rules_left_open_is_filled_from_the_persons_words():
    made, _, rule = await read(domain="creative", kind="habit", why="for the joy of it")

    assert rule.understanding.domain is Domain.OTHER
    assert made.understanding.domain is Domain.CREATIVE
    assert made.understanding.goal_type is GoalType.HABIT
    assert made.understanding.behaviour == rule.understanding.behaviour
    assert (rule.understanding.why, made.understanding.why) == (None, "for the joy of it")


async def test_a_phrase_that_nobody_wrote_is_dropped():
    made, _, rule = await read(why="to become famous", cue="at 5", behaviour="practise scales")

    assert made == rule


async def test_what_the_rules_read_is_never_overridden():
    text = "run 20 minutes every morning"
    made, model, rule = await read(text, kind="quit", domain="money", behaviour="every morning")

    assert made == rule
    assert model.requests == []


@pytest.mark.parametrize("text", ["hello", "asdf jkl qwer", "I want to end my life"])
async def test_what_is_no_goal_by_the_rules_asks_no_model(text: str):
    made, model, rule = await read(text, kind="habit")

    assert (made, model.requests) == (rule, [])


@pytest.mark.parametrize("said", ["[]", '{"kind": "wish"}', UnavailableError()])
async def test_without_a_usable_answer_the_rules_reading_stands(said: Any):
    coach = Coach(ModelService(ScriptedModel([said] * 3)))

    assert await coach.preprocess_goal(TEXT, now=NOW) == await Coach().preprocess_goal(
        TEXT, now=NOW
    )


async def test_a_refusal_of_the_provider_is_left_to_triage():
    with pytest.raises(BlockedError):
        await Coach(ModelService(ScriptedModel([BlockedError()]))).preprocess_goal(TEXT, now=NOW)
