"""Hostile words of a model, in every step that shows some: the rules answer in their place."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from coach.coach import Coach
from coach.llm.service import ModelService
from coach.rules import resolution
from coach.values import RULES, Drafted, Progress
from tests.bot.fakes import NOON
from tests.bot.test_attacks import filled
from tests.coach.goals import READ, TODAY
from tests.faults.tiers import FULL
from tests.hostile.outputs import BROKEN, SAID
from tests.models import contract, server
from tests.models.server import Heard
from tests.proofs import proven

PROGRESS = Progress("Run", next_session="run for 12 minutes", done=2, planned=3, weeks=3)
CHOSEN = (*SAID, *BROKEN)[:: 1 if FULL else 4]


def shaped(output: str, heard: Heard) -> Sequence[str]:
    """Say it in every place of the shape that is asked for, if one is and it is no broken JSON."""
    shape = heard.body.get("generationConfig", {}).get("responseJsonSchema")
    if shape is None or output in BROKEN:
        return (output,)
    return (json.dumps(filled(shape, shape, output)),)


async def asked(coach: Coach, output: str) -> list[Drafted[Any]]:
    """Ask for everything that a model may word."""
    agreed = resolution.build(READ, TODAY)
    reading = await coach.preprocess_goal(READ.text, now=NOON)
    assert reading == await coach.by_rules.preprocess_goal(READ.text, now=NOON), output
    return [
        await coach.coaching_reply("so tired of work today", PROGRESS, now=NOON),
        await coach.generate_resolution(READ, today=TODAY),
        await coach.create_plan(READ, agreed, today=TODAY),
    ]


@pytest.mark.long
async def test_no_hostile_output_is_shown():
    answers = 0
    async with server.serving() as model:
        for output in CHOSEN:
            model.says = lambda heard, said=output: shaped(said, heard)
            provider = contract.make("gemini", model.root)
            made = await asked(Coach(ModelService(provider)), output)
            await provider.close()
            answers += len(made)
            assert {one.mode for one in made} == {RULES}, output[:80]
    proven("outputs", outputs=len(CHOSEN), asked=answers, shown=0)
