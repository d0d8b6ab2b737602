"""What a model makes of the rules' work: kept when it keeps to the rules, never otherwise."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coach import cards
from coach.coach import Coach
from coach.llm import prompts
from coach.llm.errors import ModelError, UnavailableError
from coach.llm.port import ModelAnswer, ModelRequest
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.rules import scores
from coach.steps import create_plan, generate_resolution
from coach.values import GoalUnderstanding
from tests.coach import goals
from tests.coach.goals import TODAY

Script = Callable[[ModelRequest], str | ModelError]
QUICK = Deadlines(step=timedelta(milliseconds=30))


def coach_of(*said: str | ModelError) -> tuple[Coach, ScriptedModel]:
    model = ScriptedModel(said)
    return Coach(ModelService(model)), model


async def card(u: GoalUnderstanding = goals.RUN, **changed: Any) -> str:
    rule = (await Coach().generate_resolution(u, today=TODAY)).work
    worded = {
        "title": "Running, gently",
        "line": rule.line.replace("I will", "I am going to"),
        "measure": rule.measure,
        "if_cue": "my shoes are by the door",
        "then_action": "put them on",
        "minimum": rule.minimum,
        "why": rule.why,
        "first_step": "Put the shoes by the door tonight",
    }
    return json.dumps({**worded, **changed})


async def plan_words(u: GoalUnderstanding, **changed: Any) -> str:
    rule = await by_rules(u)
    texts = list(dict.fromkeys(one.text for one in rule.weeks[0].sessions))
    worded = {
        "themes": ["a calm start", *["a little further"] * (len(rule.weeks) - 1)],
        "sessions": [f"Easy does it: {text}" for text in texts],
        "encouragement": "Every session counts, small ones too.",
        "steps": ["List every zone", "Clear the shelves", "Carry it all away", "Put things back"],
        "milestones": ["The shelves are empty", "The floor is free"],
        "resources": ["a few boxes", "a neighbour with a van"],
    }
    return json.dumps({**worded, **changed})


async def by_rules(u: GoalUnderstanding):
    agreed = (await Coach().generate_resolution(u, today=TODAY)).work
    return (await Coach().create_plan(u, agreed, today=TODAY)).work


async def planned(coach: Coach, u: GoalUnderstanding):
    agreed = (await Coach().generate_resolution(u, today=TODAY)).work
    return await coach.create_plan(u, agreed, today=TODAY)


async def test_a_resolution_is_worded_and_keeps_what_is_ours():
    coach, model = coach_of(await card())
    rule = (await Coach().generate_resolution(goals.RUN, today=TODAY)).work

    made = await coach.generate_resolution(goals.RUN, today=TODAY)

    assert (made.mode, made.first) == ("model", None)
    assert made.prompt_version == prompts.load("generate_resolution").version
    assert made.work.title == "Running, gently"
    assert made.work.suggestions == rule.suggestions
    assert made.work.first_step_by == rule.first_step_by
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "Run 45 minutes"},
        {"line": "I will run a little, three times a week, before work."},
        {"line": "You will run 20 minutes, 3 times a week, before work."},
        {"if_cue": "I am home, then I rest"},
        {"then_action": "I put them on"},
        {"then_action": "I'll put them on"},
        {"minimum": "20 minutes, walking is fine"},
        {"minimum": "a little walk"},
        {"first_step": "See www.shoes.example.com"},
        {"first_step": "Stop being lazy"},
        {"first_step": "Pon los zapatos junto a la puerta esta noche"},
        {"why": "I promise it works"},
        {"title": "x" * 41},
        {"extra": "field"},
    ],
    ids=str,
)
async def test_a_wording_against_the_rules_is_never_shown(wrong: dict[str, Any]):
    coach, _ = coach_of(await card(**wrong), await card(**wrong))
    rule = await Coach().generate_resolution(goals.RUN, today=TODAY)

    made = await coach.generate_resolution(goals.RUN, today=TODAY)

    assert (made.work, made.scores, made.mode) == (rule.work, rule.scores, rule.mode)


async def test_a_draft_is_revised_once_and_told_its_weakness():
    coach, model = coach_of(await card(title="Run 45 minutes"), await card())

    made = await coach.generate_resolution(goals.RUN, today=TODAY)

    assert made.mode == "model"
    assert made.first is not None
    assert model.requests[1].data["mend"] == "invented_figure"


async def test_of_two_weak_drafts_the_better_one_is_kept_with_both_scores():
    loose = replace(goals.RUN, wording="be much better at all of it")

    made = await Coach().generate_resolution(loose, today=TODAY)

    assert made.first is not None
    assert made.first.overall < made.scores.overall
    assert not scores.is_enough(made.first)


class Sleeper(ScriptedModel):
    """Never answers."""

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(
    "model",
    [ScriptedModel(["{"] * 4), ScriptedModel([UnavailableError()] * 9), Sleeper()],
    ids=["broken", "down", "late"],
)
async def test_without_a_usable_answer_the_rules_stand(model: ScriptedModel):
    coach = Coach(ModelService(model, QUICK))
    rule = await Coach().generate_resolution(goals.RUN, today=TODAY)

    assert await coach.generate_resolution(goals.RUN, today=TODAY) == rule
    assert await planned(coach, goals.GARAGE) == await planned(Coach(), goals.GARAGE)


async def test_two_drafts_share_the_time_of_one_step():
    class Slow(ScriptedModel):
        async def generate(self, request: ModelRequest) -> ModelAnswer:
            if len(self.requests):
                await asyncio.Event().wait()
            return await super().generate(request)

    model = Slow([await card(title="Run 45 minutes")])
    made = await Coach(ModelService(model, QUICK)).generate_resolution(goals.RUN, today=TODAY)

    assert made.mode == "rules"
    assert made.first is not None


async def test_a_plan_is_worded_with_our_dates_hours_and_loads():
    coach, _ = coach_of(await plan_words(goals.RUN))
    rule = await by_rules(goals.RUN)

    made = await planned(coach, goals.RUN)

    assert made.mode == "model"
    assert made.work.weeks[0].theme == "a calm start"
    assert [w.figure for w in made.work.weeks] == [w.figure for w in rule.weeks]
    ours, theirs = rule.weeks[0].sessions, made.work.weeks[0].sessions
    assert [(s.on, s.at, s.amount) for s in theirs] == [(s.on, s.at, s.amount) for s in ours]
    assert all(s.text.startswith("Easy does it: ") for s in theirs)
    assert "Every session counts" in cards.plain(cards.plan(made.work))


async def test_a_plan_repeats_the_agreed_cue_and_action_until_another_time_is_chosen():
    coach, _ = coach_of(await card())
    agreed = (await coach.generate_resolution(goals.RUN, today=TODAY)).work
    later = replace(goals.RUN, cue="after work")

    made = (await Coach().create_plan(goals.RUN, agreed, today=TODAY)).work
    moved = (await Coach().create_plan(later, agreed, today=TODAY)).work

    assert (made.cue, made.action) == ("my shoes are by the door", "put them on")
    fresh = (await Coach().generate_resolution(later, today=TODAY)).work
    assert (moved.cue, moved.action) == (fresh.cue, fresh.action)


@pytest.mark.parametrize(
    "wrong",
    [
        {"themes": ["one"]},
        {"sessions": []},
        {"sessions": ["a run"]},
        {"steps": ["Clear 3 shelves", "Bin", "Done"]},
        {"steps": ["Only one"]},
        {"steps": ["See example.com", "Sort", "Done"]},
        {"milestones": ["All done by Friday"]},
        {"resources": ["www.example.com"]},
        {"encouragement": "I'm so proud of you."},
        {"encouragement": "You will surely lose 5 kg."},
    ],
    ids=str,
)
async def test_a_plan_against_the_rules_is_never_shown(wrong: dict[str, Any]):
    said = await plan_words(goals.GARAGE, **wrong)
    coach, _ = coach_of(said, said)

    made = await planned(coach, goals.GARAGE)

    assert made.mode == "rules"
    assert made.work == await by_rules(goals.GARAGE)


async def test_steps_milestones_and_resources_of_the_very_goal_are_laid_into_the_weeks():
    coach, _ = coach_of(await plan_words(goals.GARAGE))

    made = await planned(coach, goals.GARAGE)

    shown = cards.plain(cards.plan(made.work))
    road = " ".join(week.text for week in made.work.weeks)
    assert [step in road for step in made.work.ideas.steps] == [True] * 4
    assert "Clear the shelves" in shown
    assert "The floor is free" in shown
    assert "a neighbour with a van" in shown
    assert len(shown) <= cards.MOST_PLAN


async def test_what_was_proposed_once_shapes_every_later_plan_without_being_asked_again():
    coach, model = coach_of(await plan_words(goals.GARAGE), ModelError("off"))
    first = (await planned(coach, goals.GARAGE)).work
    known = replace(goals.GARAGE, ideas=first.ideas)

    easier = coach.reshape(known, "easier", TODAY)
    again = (await planned(coach, easier)).work

    assert "Clear the shelves" in " ".join(week.text for week in again.weeks)
    assert again.ideas == first.ideas
    assert model.requests[1].data["propose"] is False


def test_no_step_asks_for_more_than_it_may():
    assert (generate_resolution.STEP.most_tokens, create_plan.STEP.most_tokens) == (360, 620)
