"""What a model is sent of a person: contacts and names are out of every field, whoever wrote it."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from coach.coach import Coach
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.road import walk
from coach.rules.rewriting import Criticism
from coach.values import Progress

NOW = datetime(2026, 11, 23, 10).astimezone()
SECRETS = ("612 345 678", "ana.b@mail.example", "@anna_b")
GOALS = (
    "call my sister on +34 612 345 678 for 20 minutes every Sunday",
    "write 20 minutes to ana.b@mail.example twice a week",
    "finish my letter to @anna_b by 1 March",
)
PROGRESS = Progress(
    title="Call +34 612 345 678",
    minimum="write one line to ana.b@mail.example",
    next_session="message @anna_b",
    done=2,
    planned=3,
)


def sent(model: ScriptedModel) -> str:
    return json.dumps([request.data for request in model.requests], ensure_ascii=False)


@pytest.mark.parametrize("goal", GOALS)
async def test_nothing_of_a_contact_is_sent_on_the_way_to_a_plan(goal: str):
    model = ScriptedModel(["{}"] * 20)

    await walk(Coach(ModelService(model)), goal, NOW)

    assert {request.step for request in model.requests} >= {"generate_resolution", "create_plan"}
    assert not [one for one in SECRETS if one in sent(model)]


@pytest.mark.parametrize("said", ["Done: called +34 612 345 678", "I wrote to ana.b@mail.example"])
async def test_nothing_of_a_contact_is_sent_for_a_reply_or_its_rewrite(said: str):
    model = ScriptedModel(["", "{}"] * 4)
    coach = Coach(ModelService(model))

    first = await coach.coaching_reply(said, PROGRESS, now=NOW)
    await coach.rewrite_reply(Criticism(said, first.work.text, "ge"), PROGRESS, now=NOW)

    assert {request.step for request in model.requests} == {"coaching_reply", "rewrite_reply"}
    assert not [one for one in SECRETS if one in sent(model)]


async def test_figures_of_a_goal_are_sent_as_they_are():
    model = ScriptedModel([""])
    progress = replace(PROGRESS, next_session="run 10 km on 18.04.2027 at 20:30")

    await Coach(ModelService(model)).coaching_reply("so tired", progress, now=NOW)

    assert "run 10 km on 18.04.2027 at 20:30" in sent(model)
